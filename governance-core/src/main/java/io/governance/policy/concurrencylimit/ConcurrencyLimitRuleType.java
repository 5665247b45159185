// SPDX-License-Identifier: Apache-2.0

package io.governance.policy.concurrencylimit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

import io.governance.match.CallKey;
import io.governance.match.OutcomeMatch;
import io.governance.policy.Direction;
import io.governance.policy.Policy;
import io.governance.policy.Call.Priority;
import io.governance.policy.Reason;
import io.governance.policy.Stage;
import io.governance.rule.AdmissionRuleType;
import io.governance.rule.PolicyContext;
import io.governance.schema.Violation;

/**
 * Declares {@code concurrency-limit}. The most specific rule applies. Limits and calls in
 * flight are kept through every change but one of what is kept apart ({@code key} and
 * {@code max-keys}).
 */
public final class ConcurrencyLimitRuleType implements AdmissionRuleType<ConcurrencyLimitRule> {

	static final String OVERFLOW = "overflow";

	private static final int HIGHEST = 100_000;

	/** Shares that add up to 1 on paper may be a little more than that in binary. */
	private static final double ROUNDING = 1e-9;

	private static final List<String> PRIORITIES = Arrays.stream(Priority.values()).map(Priority::wireValue).toList();

	@Override
	public String name() {
		return "concurrency-limit";
	}

	@Override
	public Class<ConcurrencyLimitRule> ruleClass() {
		return ConcurrencyLimitRule.class;
	}

	@Override
	public List<Direction> directions() {
		return List.of(Direction.INBOUND, Direction.OUTBOUND);
	}

	@Override
	public Stage stage(ConcurrencyLimitRule rule, Direction direction) {
		return (direction == Direction.OUTBOUND) ? Stage.BULKHEAD : Stage.CONCURRENCY_LIMIT;
	}

	@Override
	public List<Violation> validate(ConcurrencyLimitRule rule) {
		List<Violation> violations = new ArrayList<>();
		if (rule.key().source() == CallKey.Source.PRINCIPAL) {
			violations.add(new Violation("key", rule.key().toString(), "a key that is known before security"));
		}
		checkCount("max-keys", rule.maxKeys(), 1, violations);
		checkLimits(rule, violations);
		checkNumber("smoothing", rule.smoothing(), 0.01, 1, violations);
		checkNumber("queue", rule.queue(), 1, 1_000, violations);
		checkNumber("tolerance", rule.tolerance(), 1, 10, violations);
		checkCount("long-window", rule.longWindow(), 10, violations);
		checkNumber("drop-share", rule.dropShare(), 0, 100, violations);
		violations.addAll(OutcomeMatch.validate("dropped-on", rule.droppedOn()));
		checkShares(rule, violations);
		return violations;
	}

	private static void checkLimits(ConcurrencyLimitRule rule, List<Violation> violations) {
		checkCount("min", rule.min(), 1, violations);
		if (rule.max() < rule.min() || rule.max() > HIGHEST) {
			violations.add(new Violation("max", rule.max().toString(), "min to " + HIGHEST));
		}
		else if (rule.initial() < rule.min() || rule.initial() > rule.max()) {
			violations.add(new Violation("initial", rule.initial().toString(), "min to max"));
		}
	}

	private static void checkShares(ConcurrencyLimitRule rule, List<Violation> violations) {
		int before = violations.size();
		rule.shares().forEach((priority, share) -> checkShare(priority, share, violations));
		double sum = rule.shares().values().stream().mapToDouble(Double::doubleValue).sum();
		if (violations.size() == before && sum > 1 + ROUNDING) {
			violations.add(new Violation("shares", rule.shares().toString(), "at most 1 in all"));
		}
	}

	private static void checkShare(String priority, Double share, List<Violation> violations) {
		if (PRIORITIES.contains(priority)) {
			checkNumber("shares." + priority, share, 0, 1, violations);
		}
		else {
			violations.add(new Violation("shares." + priority, priority, "one of " + String.join(", ", PRIORITIES)));
		}
	}

	private static void checkCount(String component, int count, int min, List<Violation> violations) {
		if (count < min || count > HIGHEST) {
			violations.add(new Violation(component, String.valueOf(count), min + " to " + HIGHEST));
		}
	}

	private static void checkNumber(String component, Number number, double min, double max,
			List<Violation> violations) {
		double value = number.doubleValue();
		if (!(value >= min && value <= max)) {
			violations.add(new Violation(component, number.toString(), written(min) + " to " + written(max)));
		}
	}

	private static String written(double bound) {
		return (bound == Math.rint(bound)) ? String.valueOf((long) bound) : String.valueOf(bound);
	}

	@Override
	public List<Reason> reasons() {
		return List.of(Reason.CONCURRENCY_LIMITED);
	}

	@Override
	public Set<String> events() {
		return Set.of(OVERFLOW);
	}

	@Override
	public Policy newPolicy(ConcurrencyLimitRule rule, PolicyContext context) {
		return new ConcurrencyLimitPolicy(rule, context);
	}

	@Override
	public Policy inherit(Policy running, ConcurrencyLimitRule before, ConcurrencyLimitRule rule,
			PolicyContext context) {
		return rule.keepsApartAs(before) ? ((ConcurrencyLimitPolicy) running).under(rule) : newPolicy(rule, context);
	}

}
