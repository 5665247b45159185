// SPDX-License-Identifier: Apache-2.0

package io.governance.selection.loadbalancing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.governance.match.CallKey;
import io.governance.match.Match;
import io.governance.policy.Direction;
import io.governance.policy.Enforcement;
import io.governance.policy.Stage;
import io.governance.rule.PolicyContext;
import io.governance.rule.SelectionRuleType;
import io.governance.schema.Violation;
import io.governance.selection.SelectionPolicy;
import io.governance.selection.loadbalancing.LoadBalancingRule.Algorithm;

/**
 * Declares {@code load-balancing}. The most specific rule applies, to all calls to a
 * service alike. A rule keeps its pickers when only match, priority or enforcement
 * change.
 */
public final class LoadBalancingRuleType implements SelectionRuleType<LoadBalancingRule> {

	private static final Duration LONGEST = Duration.ofHours(1);

	@Override
	public String name() {
		return "load-balancing";
	}

	@Override
	public Class<LoadBalancingRule> ruleClass() {
		return LoadBalancingRule.class;
	}

	@Override
	public List<Direction> directions() {
		return List.of(Direction.OUTBOUND);
	}

	@Override
	public Stage stage(LoadBalancingRule rule, Direction direction) {
		return Stage.LOAD_BALANCING;
	}

	@Override
	public Map<String, LoadBalancingRule> defaults() {
		return Map.of("default", new LoadBalancingRule(Match.ANY, Enforcement.ENFORCED, 0, Algorithm.PEAK_EWMA, null, 2,
				new SlowStart(null, null, null), new Zones(null, null)));
	}

	@Override
	public List<Violation> validate(LoadBalancingRule rule) {
		List<Violation> violations = new ArrayList<>();
		checkMatch(rule.match(), violations);
		checkHashKey(rule, violations);
		if (rule.choiceCount() < 2 || rule.choiceCount() > 10) {
			violations.add(new Violation("choice-count", rule.choiceCount().toString(), "2 to 10"));
		}
		checkSlowStart(rule.slowStart(), violations);
		int healthy = rule.zone().minimumHealthy();
		if (healthy < 1 || healthy > 100) {
			violations.add(new Violation("zone.minimum-healthy", String.valueOf(healthy), "1 to 100"));
		}
		return violations;
	}

	private static void checkHashKey(LoadBalancingRule rule, List<Violation> violations) {
		boolean hashes = rule.algorithm() == Algorithm.RING_HASH;
		if (hashes && rule.hashKey() == null) {
			violations.add(new Violation("hash-key", "none", "a key, with algorithm: ring-hash"));
		}
		else if (!hashes && rule.hashKey() != null) {
			violations.add(new Violation("hash-key", rule.hashKey().toString(), "none without algorithm: ring-hash"));
		}
		else {
			violations.addAll(CallKey.validateSelection("hash-key", rule.hashKey()));
		}
	}

	private static void checkMatch(Match match, List<Violation> violations) {
		if (match.path() != null || match.conditions() > ((match.service() != null) ? 1 : 0)) {
			violations.add(new Violation("match", "conditions on calls",
					"match.service alone: all calls to a service share its instances"));
		}
	}

	private static void checkSlowStart(SlowStart slowStart, List<Violation> violations) {
		if (slowStart.window().isNegative() || slowStart.window().compareTo(LONGEST) > 0) {
			violations.add(new Violation("slow-start.window", slowStart.window().toString(), "0s to 1h"));
		}
		if (!(slowStart.aggression() >= 0.1 && slowStart.aggression() <= 10)) {
			violations.add(new Violation("slow-start.aggression", slowStart.aggression().toString(), "0.1 to 10"));
		}
		int minimum = slowStart.minimumWeight();
		if (minimum < 1 || minimum > 100) {
			violations.add(new Violation("slow-start.minimum-weight", String.valueOf(minimum), "1 to 100"));
		}
	}

	@Override
	public SelectionPolicy newPolicy(LoadBalancingRule rule, PolicyContext context) {
		return new LoadBalancingPolicy(rule, context);
	}

	@Override
	public SelectionPolicy inherit(SelectionPolicy running, LoadBalancingRule before, LoadBalancingRule rule,
			PolicyContext context) {
		return rule.balancesLike(before) ? running : newPolicy(rule, context);
	}

}
