// SPDX-License-Identifier: Apache-2.0

package io.governance.execution;

import io.governance.policy.Call;

/**
 * A running execution policy: adds its part to the plan of a call. Thread-safe.
 */
public interface ExecutionPolicy {

	/**
	 * Adds this policy's part.
	 * @param call the call
	 * @param plan the plan so far
	 * @return the plan with this policy's part
	 */
	ExecutionPlan contribute(Call call, ExecutionPlan plan);

	/**
	 * Adds what this policy watches with while its rule is in shadow, and which must not
	 * act. By default its part is made and dropped.
	 * @param call the call
	 * @param plan the plan so far
	 * @return the plan with what watches
	 */
	default ExecutionPlan shadow(Call call, ExecutionPlan plan) {
		contribute(call, plan);
		return plan;
	}

	/**
	 * What it would do with a call, for people; found out without effect.
	 * @param call the call
	 * @return such as {@code total=10000ms}; the state by default
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
