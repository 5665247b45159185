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
	 * A short, bounded description of the running state for operators.
	 * @return the state
	 */
	default String state() {
		return "";
	}

}
