// SPDX-License-Identifier: Apache-2.0

package io.governance.engine;

import java.util.ArrayList;
import java.util.List;

import io.governance.observation.ObservationPolicy;
import io.governance.observation.TraceHead;
import io.governance.observation.TracePolicy;
import io.governance.observation.TraceVerdict;
import io.governance.policy.Call;
import io.governance.policy.Direction;
import io.governance.policy.Outcome;
import io.governance.policy.Stage;
import io.governance.rule.ObservationRuleType;
import io.governance.rule.PolicyContext;
import io.governance.rule.RuleDefinition;
import io.governance.schema.Violation;
import org.jspecify.annotations.Nullable;

/**
 * An observation type for tests: its text is the verdict, or {@code fail}.
 */
final class TestTraceType implements ObservationRuleType<TestRule> {

	final List<String> journal = new ArrayList<>();

	RuleDefinition<TestRule> rule(String id, TestRule rule) {
		return new RuleDefinition<>(this, id, rule, "test");
	}

	@Override
	public String name() {
		return "traces";
	}

	@Override
	public Class<TestRule> ruleClass() {
		return TestRule.class;
	}

	@Override
	public List<Direction> directions() {
		return List.of(Direction.INBOUND);
	}

	@Override
	public Stage stage(TestRule rule, Direction direction) {
		return Stage.OBSERVATION;
	}

	@Override
	public List<Violation> validate(TestRule rule) {
		return List.of();
	}

	@Override
	public List<TraceVerdict> verdicts() {
		return List.of(TraceVerdict.values());
	}

	@Override
	public ObservationPolicy newPolicy(TestRule rule, PolicyContext context) {
		return new TracePolicy() {

			@Override
			public TraceVerdict decide(@Nullable Call call, TraceHead head) {
				return TraceVerdict.valueOf(rule.text());
			}

			@Override
			public void ended(Outcome outcome) {
				TestTraceType.this.journal.add(rule.text() + " " + outcome.status());
				if (outcome.status() == 599) {
					throw new IllegalStateException("broken");
				}
			}

			@Override
			public String state() {
				return "state of " + rule.text();
			}

		};
	}

}
