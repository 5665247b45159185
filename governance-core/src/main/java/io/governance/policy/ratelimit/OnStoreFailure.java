// SPDX-License-Identifier: Apache-2.0

package io.governance.policy.ratelimit;

/**
 * What becomes of calls while the shared store does not answer.
 */
public enum OnStoreFailure {

	/** Each instance admits its share of the limit. */
	LOCAL_SHARE,

	/** All calls are admitted. */
	OPEN,

	/** All calls are rejected. */
	CLOSED

}
