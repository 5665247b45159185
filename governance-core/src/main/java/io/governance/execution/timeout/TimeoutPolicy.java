// SPDX-License-Identifier: Apache-2.0

package io.governance.execution.timeout;

import io.governance.execution.ExecutionPlan;
import io.governance.execution.ExecutionPolicy;
import io.governance.policy.Call;

/**
 * Sets the times of a plan.
 */
record TimeoutPolicy(TimeoutRule rule) implements ExecutionPolicy {

	@Override
	public ExecutionPlan contribute(Call call, ExecutionPlan plan) {
		return plan.withTimeouts(this.rule.total(), this.rule.perTry(), this.rule.connect());
	}

}
