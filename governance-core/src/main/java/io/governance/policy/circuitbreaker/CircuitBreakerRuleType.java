// SPDX-License-Identifier: Apache-2.0

package io.governance.policy.circuitbreaker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import io.governance.match.OutcomeMatch;
import io.governance.policy.Direction;
import io.governance.policy.Policy;
import io.governance.policy.Reason;
import io.governance.policy.Stage;
import io.governance.rule.AdmissionRuleType;
import io.governance.rule.PolicyContext;
import io.governance.schema.Violation;
import org.jspecify.annotations.Nullable;

/**
 * Declares {@code circuit-breaker}. The most specific rule applies. Breakers keep their
 * state when only match, priority, enforcement or what is forced change.
 */
public final class CircuitBreakerRuleType implements AdmissionRuleType<CircuitBreakerRule> {

	static final String OPENED = "opened";

	/** A call shared a breaker, for want of one for its key. */
	static final String OVERFLOW = "overflow";

	/** In calls or seconds that all breakers of a rule look back at: some 300 MB. */
	private static final long MOST_LOOKED_BACK_AT = 10_000_000;

	private static final Duration SHORTEST = Duration.ofMillis(1);

	private static final Duration LONGEST = Duration.ofDays(1);

	@Override
	public String name() {
		return "circuit-breaker";
	}

	@Override
	public Class<CircuitBreakerRule> ruleClass() {
		return CircuitBreakerRule.class;
	}

	@Override
	public List<Direction> directions() {
		return List.of(Direction.OUTBOUND);
	}

	@Override
	public Stage stage(CircuitBreakerRule rule, Direction direction) {
		return Stage.CIRCUIT_BREAKER;
	}

	@Override
	public List<Violation> validate(CircuitBreakerRule rule) {
		List<Violation> violations = new ArrayList<>();
		checkRate("failure-rate", rule.failureRate(), violations);
		checkRate("slow-call-rate", rule.slowCallRate(), violations);
		checkCount("minimum-calls", rule.minimumCalls(), 1, Integer.MAX_VALUE, violations);
		checkCount("window-size", rule.windowSize(), 1, 10_000, violations);
		checkCount("probes", rule.probes(), 1, 10_000, violations);
		checkTime("open-for", rule.openFor(), violations);
		checkTime("slow-call", rule.slowCall(), violations);
		Duration window = rule.window();
		if (window != null && (window.toSeconds() < 1 || window.toSeconds() > 600 || window.toNanosPart() != 0)) {
			violations.add(new Violation("window", window.toString(), "whole seconds, 1s to 10m"));
		}
		violations.addAll(OutcomeMatch.validate("failure-on", rule.failureOn()));
		checkKeys(rule, violations);
		return violations;
	}

	private static void checkKeys(CircuitBreakerRule rule, List<Violation> violations) {
		checkCount("max-keys", rule.maxKeys(), 1, 100_000, violations);
		boolean tooMuch = rule.maxKeys() > MOST_LOOKED_BACK_AT / Math.max(1, rule.lookedBackAt());
		if (tooMuch && violations.isEmpty()) {
			violations.add(new Violation("max-keys", rule.maxKeys().toString(),
					"at most " + MOST_LOOKED_BACK_AT + " calls or seconds looked back at, by all keys together"));
		}
	}

	private static void checkTime(String component, @Nullable Duration time, List<Violation> violations) {
		if (time != null && (time.compareTo(SHORTEST) < 0 || time.compareTo(LONGEST) > 0)) {
			violations.add(new Violation(component, time.toString(), "1ms to 1d"));
		}
	}

	private static void checkRate(String component, float rate, List<Violation> violations) {
		if (!(rate >= 1 && rate <= 100)) {
			violations.add(new Violation(component, String.valueOf(rate), "1 to 100 percent"));
		}
	}

	private static void checkCount(String component, int count, int min, int max, List<Violation> violations) {
		if (count < min || count > max) {
			violations.add(new Violation(component, String.valueOf(count),
					(max == Integer.MAX_VALUE) ? min + " or more" : min + " to " + max));
		}
	}

	@Override
	public List<Reason> reasons() {
		return List.of(Reason.CIRCUIT_OPEN);
	}

	@Override
	public Set<String> events() {
		return Set.of(OPENED, OVERFLOW);
	}

	@Override
	public Policy newPolicy(CircuitBreakerRule rule, PolicyContext context) {
		return CircuitBreakerPolicy.of(rule, context);
	}

	@Override
	public Policy inherit(Policy running, CircuitBreakerRule before, CircuitBreakerRule rule, PolicyContext context) {
		if (!rule.behavesAs(before)) {
			return newPolicy(rule, context);
		}
		return (rule.force() == before.force()) ? running : ((CircuitBreakerPolicy) running).forced(rule.force());
	}

}
