// SPDX-License-Identifier: Apache-2.0

package io.governance.policy.loadshedding;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.governance.match.Match;
import io.governance.policy.Direction;
import io.governance.policy.Enforcement;
import io.governance.policy.Policy;
import io.governance.policy.Reason;
import io.governance.policy.Stage;
import io.governance.rule.AdmissionRuleType;
import io.governance.rule.PolicyContext;
import io.governance.schema.Violation;

/**
 * Declares {@code load-shedding}. The most specific rule applies. What is in flight and
 * what was measured stays through every change of a rule: none makes it wrong.
 */
public final class LoadSheddingRuleType implements AdmissionRuleType<LoadSheddingRule> {

	@Override
	public String name() {
		return "load-shedding";
	}

	@Override
	public Class<LoadSheddingRule> ruleClass() {
		return LoadSheddingRule.class;
	}

	@Override
	public List<Direction> directions() {
		return List.of(Direction.INBOUND);
	}

	@Override
	public Stage stage(LoadSheddingRule rule, Direction direction) {
		return Stage.LOAD_SHEDDING;
	}

	@Override
	public List<Violation> validate(LoadSheddingRule rule) {
		List<Violation> violations = new ArrayList<>();
		check("cpu-threshold", rule.cpuThreshold(), 50, 99, violations);
		check("min-limit", rule.minLimit(), 1, 100_000, violations);
		return violations;
	}

	private static void check(String component, int value, int min, int max, List<Violation> violations) {
		if (value < min || value > max) {
			violations.add(new Violation(component, String.valueOf(value), min + " to " + max));
		}
	}

	@Override
	public Map<String, LoadSheddingRule> defaults() {
		return Map.of("default", new LoadSheddingRule(Match.ANY, Enforcement.ENFORCED, 0,
				LoadSheddingRule.CPU_THRESHOLD, LoadSheddingRule.MIN_LIMIT));
	}

	@Override
	public List<Reason> reasons() {
		return List.of(Reason.OVERLOADED);
	}

	@Override
	public Policy newPolicy(LoadSheddingRule rule, PolicyContext context) {
		return new LoadSheddingPolicy(rule, context);
	}

	@Override
	public Policy inherit(Policy running, LoadSheddingRule before, LoadSheddingRule rule, PolicyContext context) {
		return ((LoadSheddingPolicy) running).with(rule);
	}

}
