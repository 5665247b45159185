// SPDX-License-Identifier: Apache-2.0

package io.governance.engine;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.governance.execution.ExecutionPlan;
import io.governance.execution.ExecutionPolicy;
import io.governance.match.Match;
import io.governance.policy.Call;
import io.governance.policy.Direction;
import io.governance.policy.Enforcement;
import io.governance.policy.Stage;
import io.governance.rule.ExecutionRuleType;
import io.governance.rule.PolicyContext;
import io.governance.rule.RuleDefinition;
import io.governance.schema.Violation;

/**
 * An execution type for tests: its text is the total time in milliseconds, or
 * {@code fail}.
 */
final class TestExecutionType implements ExecutionRuleType<TestRule> {

	RuleDefinition<TestRule> rule(String id, TestRule rule) {
		return new RuleDefinition<>(this, id, rule, "test");
	}

	RuleDefinition<TestRule> builtIn() {
		return new RuleDefinition<>(this, "default", defaults().get("default"), RuleDefinition.BUILT_IN);
	}

	@Override
	public String name() {
		return "total";
	}

	@Override
	public Class<TestRule> ruleClass() {
		return TestRule.class;
	}

	@Override
	public List<Direction> directions() {
		return List.of(Direction.OUTBOUND, Direction.INBOUND);
	}

	@Override
	public Stage stage(TestRule rule, Direction direction) {
		return (direction == Direction.OUTBOUND) ? Stage.DEADLINE : Stage.INBOUND_DEADLINE;
	}

	@Override
	public List<Violation> validate(TestRule rule) {
		return List.of();
	}

	@Override
	public Map<String, TestRule> defaults() {
		return Map.of("default", new TestRule(Match.ANY, Enforcement.ENFORCED, Integer.MAX_VALUE, "1"));
	}

	@Override
	public ExecutionPolicy newPolicy(TestRule rule, PolicyContext context) {
		return new TestExecutionPolicy(rule.text());
	}

	private static final class TestExecutionPolicy implements ExecutionPolicy {

		private final String text;

		TestExecutionPolicy(String text) {
			this.text = text;
		}

		@Override
		public ExecutionPlan contribute(Call call, ExecutionPlan plan) {
			if (this.text.equals("fail")) {
				throw new IllegalStateException("broken");
			}
			return plan.withTimeouts(Duration.ofMillis(Long.parseLong(this.text)), plan.perTry(), plan.connect(),
					"test/rule");
		}

	}

}
