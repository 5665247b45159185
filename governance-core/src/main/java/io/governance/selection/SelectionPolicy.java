// SPDX-License-Identifier: Apache-2.0

package io.governance.selection;

import io.governance.policy.Call;

/**
 * A running selection policy. Thread-safe.
 */
public sealed interface SelectionPolicy permits DestinationPolicy, CopyPolicy, BalancingPolicy, EjectionPolicy {

	/**
	 * What it would do with a call, for people; found out without effect.
	 * @param call the call
	 * @return such as {@code ring-hash by header:x-user-id}; the state by default
	 */
	default String describe(Call call) {
		return state();
	}

	/**
	 * A short, bounded description of the running state for operators.
	 * @return the state
	 */
	default String state() {
		return "";
	}

}
