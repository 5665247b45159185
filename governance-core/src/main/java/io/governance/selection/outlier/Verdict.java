// SPDX-License-Identifier: Apache-2.0

package io.governance.selection.outlier;

/**
 * What the ending of an attempt says about the instance.
 */
enum Verdict {

	/** It answered. */
	SUCCESS,

	/** It failed. */
	ERROR,

	/** Nothing. */
	NONE

}
