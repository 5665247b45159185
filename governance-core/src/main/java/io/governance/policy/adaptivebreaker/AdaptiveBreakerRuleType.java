// SPDX-License-Identifier: Apache-2.0

package io.governance.policy.adaptivebreaker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import io.governance.match.CallKey;
import io.governance.match.OutcomeMatch;
import io.governance.policy.Direction;
import io.governance.policy.Policy;
import io.governance.policy.Reason;
import io.governance.policy.Stage;
import io.governance.rule.AdmissionRuleType;
import io.governance.rule.PolicyContext;
import io.governance.schema.Violation;

/**
 * Declares {@code adaptive-breaker}. The most specific rule applies. What was counted is
 * kept when only match, priority, enforcement, k, min-k, protection or count-drops
 * change.
 */
public final class AdaptiveBreakerRuleType implements AdmissionRuleType<AdaptiveBreakerRule> {

	static final String OVERFLOW = "overflow";

	private static final Set<CallKey.Source> INBOUND_KEYS = Set.of(CallKey.Source.CLIENT_IP, CallKey.Source.PRINCIPAL);

	private static final double LARGEST_K = 100;

	private static final int MOST_KEYS = 100_000;

	private static final int MOST_PROTECTED = 1_000_000;

	private static final Duration SHORTEST = Duration.ofSeconds(1);

	private static final Duration LONGEST = Duration.ofMinutes(10);

	@Override
	public String name() {
		return "adaptive-breaker";
	}

	@Override
	public Class<AdaptiveBreakerRule> ruleClass() {
		return AdaptiveBreakerRule.class;
	}

	@Override
	public List<Direction> directions() {
		return List.of(Direction.OUTBOUND);
	}

	@Override
	public Stage stage(AdaptiveBreakerRule rule, Direction direction) {
		return Stage.ADAPTIVE_BREAKER;
	}

	@Override
	public List<Violation> validate(AdaptiveBreakerRule rule) {
		List<Violation> violations = new ArrayList<>();
		if (INBOUND_KEYS.contains(rule.key().source())) {
			// all services would be taken as one, without a word
			violations.add(new Violation("key", rule.key().toString(), AdaptiveBreakerRule.KEYS));
		}
		checkCount("max-keys", rule.maxKeys(), 1, MOST_KEYS, violations);
		// below 1 even a service that never fails would be held back
		if (!(rule.k() >= 1 && rule.k() <= LARGEST_K)) {
			violations.add(new Violation("k", String.valueOf(rule.k()), "1 to 100"));
		}
		else if (!(rule.minK() >= 1 && rule.minK() <= rule.k())) {
			violations.add(new Violation("min-k", String.valueOf(rule.minK()), "1 to k, which is " + rule.k()));
		}
		checkCount("protection", rule.protection(), 0, MOST_PROTECTED, violations);
		violations.addAll(OutcomeMatch.validate("failure-on", rule.failureOn()));
		if (rule.window().compareTo(SHORTEST) < 0 || rule.window().compareTo(LONGEST) > 0) {
			violations.add(new Violation("window", rule.window().toString(), "1s to 10m"));
		}
		return violations;
	}

	private static void checkCount(String component, int count, int min, int max, List<Violation> violations) {
		if (count < min || count > max) {
			violations.add(new Violation(component, String.valueOf(count), min + " to " + max));
		}
	}

	@Override
	public List<Reason> reasons() {
		return List.of(Reason.THROTTLED);
	}

	@Override
	public Set<String> events() {
		return Set.of(OVERFLOW);
	}

	@Override
	public Policy newPolicy(AdaptiveBreakerRule rule, PolicyContext context) {
		return new AdaptiveBreakerPolicy(rule, context);
	}

	@Override
	public Policy inherit(Policy running, AdaptiveBreakerRule before, AdaptiveBreakerRule rule, PolicyContext context) {
		return rule.countsAs(before) ? ((AdaptiveBreakerPolicy) running).under(rule, context)
				: newPolicy(rule, context);
	}

}
