// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.execution;

import java.time.Duration;
import java.util.List;

import io.governance.engine.PolicyEngine;
import io.governance.execution.retry.Backoff;
import io.governance.execution.retry.Budget;
import io.governance.execution.retry.RetryRule;
import io.governance.execution.retry.RetryRuleType;
import io.governance.execution.timeout.TimeoutRule;
import io.governance.execution.timeout.TimeoutRuleType;
import io.governance.match.Match;
import io.governance.match.OutcomeMatch;
import io.governance.policy.Enforcement;
import io.governance.policy.Outcome;
import io.governance.policy.Permit;
import io.governance.policy.Permit.Fault;
import io.governance.policy.Stage;
import io.governance.rule.EnforcementOverrides;
import io.governance.rule.RuleDefinition;
import io.governance.rule.RuleSet;
import io.governance.test.FakeCall;
import io.governance.test.ManualTimeSource;
import io.governance.test.ProbeRule;
import io.governance.test.ProbeRuleType;
import io.governance.time.TimeSource;
import org.jspecify.annotations.Nullable;

/**
 * An engine with a retry, a time-out and two probes: waits of 100 ms, 10 s in all.
 */
final class ExecutorFixture {

	final ManualTimeSource time = new ManualTimeSource();

	final ProbeRuleType calls = new ProbeRuleType(Stage.RATE_LIMIT);

	final ProbeRuleType attempts = new ProbeRuleType(Stage.BULKHEAD);

	final FakeCall call = FakeCall.to("inventory");

	CallExecution execution(int attempts, @Nullable Duration total) {
		return execution(attempts, total, this.time);
	}

	CallExecution execution(int attempts, @Nullable Duration total, TimeSource clock) {
		// the largest of random values: waits are as long as they can be
		PolicyEngine engine = new PolicyEngine("orders", clock, () -> -1L);
		Duration wait = Duration.ofMillis(100);
		RetryRule retry = new RetryRule(Match.ANY, Enforcement.ENFORCED, 0, attempts,
				List.of(OutcomeMatch.parse("503"), OutcomeMatch.parse("connect")), false, new Backoff(wait, wait),
				new Budget(1.0, 100), null, 0L, null, null);
		TimeoutRule timeout = new TimeoutRule(Match.ANY, Enforcement.ENFORCED, 0, total, null, null);
		engine.apply(new RuleSet("test",
				List.of(new RuleDefinition<>(this.calls, "call", ProbeRule.any(), "test"),
						new RuleDefinition<>(this.attempts, "attempt", ProbeRule.any(), "test"),
						new RuleDefinition<>(new RetryRuleType(), "retry", retry, "test"),
						new RuleDefinition<>(new TimeoutRuleType(), "timeout", timeout, "test")),
				EnforcementOverrides.NONE));
		return new CallExecution(engine, clock, "orders");
	}

	/**
	 * A permit that brings a fault along.
	 */
	record Faulty(Permit permit, Fault fault) implements Permit {

		@Override
		public void release(Outcome outcome) {
			this.permit.release(outcome);
		}

	}

}
