// SPDX-License-Identifier: Apache-2.0

package io.governance.engine;

import java.util.List;

import io.governance.policy.Call;
import io.governance.policy.Direction;
import io.governance.policy.Stage;
import io.governance.rule.PolicyContext;
import io.governance.rule.RuleDefinition;
import io.governance.rule.SelectionRuleType;
import io.governance.schema.Violation;
import io.governance.selection.Destination;
import io.governance.selection.DestinationPolicy;
import io.governance.selection.SelectionPolicy;

/**
 * A selection type for tests, whose policies fail.
 */
final class TestSelectionType implements SelectionRuleType<TestRule> {

	RuleDefinition<TestRule> rule(String id, TestRule rule) {
		return new RuleDefinition<>(this, id, rule, "test");
	}

	@Override
	public String name() {
		return "destinations";
	}

	@Override
	public Class<TestRule> ruleClass() {
		return TestRule.class;
	}

	@Override
	public List<Direction> directions() {
		return List.of(Direction.OUTBOUND);
	}

	@Override
	public Stage stage(TestRule rule, Direction direction) {
		return Stage.ROUTE;
	}

	@Override
	public List<Violation> validate(TestRule rule) {
		return List.of();
	}

	@Override
	public SelectionPolicy newPolicy(TestRule rule, PolicyContext context) {
		return new DestinationPolicy() {

			@Override
			public Destination choose(Call call) {
				throw new IllegalStateException("broken");
			}

			@Override
			public List<Destination> destinations() {
				return List.of();
			}

			@Override
			public String state() {
				return "state of " + rule.text();
			}

		};
	}

}
