// SPDX-License-Identifier: Apache-2.0

package io.governance.policy;

/**
 * The side of a hop on which a rule acts.
 */
public enum Direction {

	/** The call arrives at this process. */
	INBOUND,

	/** The call leaves this process. */
	OUTBOUND

}
