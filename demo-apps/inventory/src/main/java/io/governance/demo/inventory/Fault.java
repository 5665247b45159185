// SPDX-License-Identifier: Apache-2.0

package io.governance.demo.inventory;

/**
 * What is wrong with an instance, on purpose.
 */
public enum Fault {

	/** Nothing. */
	OFF,

	/** It answers 500 to everything. */
	ERRORS,

	/** It answers 503 to everything. */
	UNAVAILABLE,

	/** It answers 503 to everything, and says that it did nothing. */
	REFUSING,

	/** It takes requests and answers none, until the fault is over. */
	HANG,

	/** It takes 20 times as long as it lately took. */
	SLOW

}
