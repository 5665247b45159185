// SPDX-License-Identifier: Apache-2.0

package io.governance.selection;

/**
 * A running selection policy. Thread-safe.
 */
public sealed interface SelectionPolicy permits DestinationPolicy, CopyPolicy, BalancingPolicy, EjectionPolicy {

	/**
	 * A short, bounded description of the running state for operators.
	 * @return the state
	 */
	default String state() {
		return "";
	}

}
