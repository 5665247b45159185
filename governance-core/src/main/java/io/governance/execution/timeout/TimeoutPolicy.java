// SPDX-License-Identifier: Apache-2.0

package io.governance.execution.timeout;

import java.time.Duration;

import io.governance.execution.ExecutionPlan;
import io.governance.execution.ExecutionPolicy;
import io.governance.policy.Call;
import org.jspecify.annotations.Nullable;

/**
 * Sets the times of a plan.
 *
 * @param rule the times
 * @param key the rule, as {@code type/id}
 * @param alone the plan of calls for which nothing else is said before
 */
record TimeoutPolicy(TimeoutRule rule, String key, ExecutionPlan alone) implements ExecutionPolicy {

	TimeoutPolicy(TimeoutRule rule, String key) {
		this(rule, key, ExecutionPlan.PLAIN.withTimeouts(rule.total(), rule.perTry(), rule.connect(), key));
	}

	@Override
	public ExecutionPlan contribute(Call call, ExecutionPlan plan) {
		return (plan == ExecutionPlan.PLAIN) ? this.alone
				: plan.withTimeouts(this.rule.total(), this.rule.perTry(), this.rule.connect(), this.key);
	}

	@Override
	public String describe(Call call) {
		return "total=" + millis(this.rule.total()) + " per-try=" + millis(this.rule.perTry()) + " connect="
				+ millis(this.rule.connect());
	}

	private static String millis(@Nullable Duration duration) {
		return (duration != null) ? duration.toMillis() + "ms" : "none";
	}

}
