// SPDX-License-Identifier: Apache-2.0

package io.governance.selection.outlier;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.governance.match.Match;
import io.governance.match.OutcomeMatch;
import io.governance.policy.Direction;
import io.governance.policy.Enforcement;
import io.governance.policy.Stage;
import io.governance.rule.PolicyContext;
import io.governance.rule.SelectionRuleType;
import io.governance.schema.Violation;
import io.governance.selection.SelectionPolicy;

/**
 * Declares {@code outlier-detection}. The most specific rule applies, to all calls to a
 * service alike. What is ejected stays so when a rule changes; what was counted stays
 * when only match, priority or enforcement do.
 */
public final class OutlierDetectionRuleType implements SelectionRuleType<OutlierDetectionRule> {

	static final String EJECTED = "ejected";

	static final String RETURNED = "returned";

	static final String OVERFLOW = "overflow";

	private static final Duration LEAST = Duration.ofMillis(100);

	private static final Duration HOUR = Duration.ofHours(1);

	@Override
	public String name() {
		return "outlier-detection";
	}

	@Override
	public Class<OutlierDetectionRule> ruleClass() {
		return OutlierDetectionRule.class;
	}

	@Override
	public List<Direction> directions() {
		return List.of(Direction.OUTBOUND);
	}

	@Override
	public Stage stage(OutlierDetectionRule rule, Direction direction) {
		return Stage.OUTLIER_DETECTION;
	}

	@Override
	public Map<String, OutlierDetectionRule> defaults() {
		return Map.of("default", new OutlierDetectionRule(Match.ANY, Enforcement.ENFORCED, 0, List.of(), 5, 50, null,
				50, 20, Duration.ofSeconds(5), Duration.ofSeconds(30), Duration.ofMinutes(5), 50, 50));
	}

	@Override
	public Set<String> events() {
		return Set.of(EJECTED, RETURNED, OVERFLOW);
	}

	@Override
	public List<Violation> validate(OutlierDetectionRule rule) {
		List<Violation> violations = new ArrayList<>();
		Match match = rule.match();
		if (match.path() != null || match.conditions() > ((match.service() != null) ? 1 : 0)) {
			violations.add(new Violation("match", "conditions on calls",
					"match.service alone: an instance is left out for all calls to a service"));
		}
		violations.addAll(OutcomeMatch.validate("errors", rule.errors()));
		check("consecutive-errors", rule.consecutiveErrors(), 0, 1_000, violations);
		check("error-share", rule.errorShare(), 0, 100, violations);
		check("slow-share", rule.slowShare(), 1, 100, violations);
		check("minimum-requests", rule.minimumRequests(), 1, 1_000_000, violations);
		check("max-ejected", rule.maxEjected(), 1, 100, violations);
		check("panic-threshold", rule.panicThreshold(), 0, 100, violations);
		if (rule.slowCall() != null) {
			check("slow-call", rule.slowCall(), Duration.ofMillis(1), HOUR, violations);
		}
		check("interval", rule.interval(), LEAST, Duration.ofMinutes(10), violations);
		check("base-ejection-time", rule.baseEjectionTime(), LEAST, HOUR, violations);
		check("max-ejection-time", rule.maxEjectionTime(), rule.baseEjectionTime(), Duration.ofDays(1), violations);
		return violations;
	}

	private static void check(String component, int value, int min, int max, List<Violation> violations) {
		if (value < min || value > max) {
			violations.add(new Violation(component, String.valueOf(value), min + " to " + max));
		}
	}

	private static void check(String component, Duration value, Duration min, Duration max,
			List<Violation> violations) {
		if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
			violations.add(new Violation(component, value.toString(), min + " to " + max));
		}
	}

	@Override
	public SelectionPolicy newPolicy(OutlierDetectionRule rule, PolicyContext context) {
		return new OutlierDetectionPolicy(rule, context);
	}

	@Override
	public SelectionPolicy inherit(SelectionPolicy running, OutlierDetectionRule before, OutlierDetectionRule rule,
			PolicyContext context) {
		return rule.detectsLike(before) ? running : newPolicy(rule, context);
	}

}
