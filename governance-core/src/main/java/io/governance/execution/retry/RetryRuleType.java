// SPDX-License-Identifier: Apache-2.0

package io.governance.execution.retry;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.governance.execution.ExecutionPolicy;
import io.governance.execution.Failback;
import io.governance.match.Match;
import io.governance.match.OutcomeMatch;
import io.governance.policy.Direction;
import io.governance.policy.Enforcement;
import io.governance.policy.Stage;
import io.governance.rule.ExecutionRuleType;
import io.governance.rule.PolicyContext;
import io.governance.schema.Violation;

/**
 * Declares {@code retry}. The most specific rule applies. A rule keeps its budget's
 * history as long as the budget stays the same, and its count of the calls that are kept.
 */
public final class RetryRuleType implements ExecutionRuleType<RetryRule> {

	static final String RETRIED = "retried";

	static final String BUDGET_EXHAUSTED = "budget-exhausted";

	static final String RETRY_AFTER_EXCEEDED = "retry-after-exceeded";

	static final String RETRIED_BEHIND = "retried-behind";

	static final String FAILBACK_QUEUED = "failback-queued";

	static final String FAILBACK_FULL = "failback-full";

	static final String FAILBACK_RETRIED = "failback-retried";

	private static final Duration LONGEST_RETRY_AFTER = Duration.ofMinutes(10);

	@Override
	public String name() {
		return "retry";
	}

	@Override
	public Class<RetryRule> ruleClass() {
		return RetryRule.class;
	}

	@Override
	public List<Direction> directions() {
		return List.of(Direction.OUTBOUND);
	}

	@Override
	public Stage stage(RetryRule rule, Direction direction) {
		return Stage.RETRY;
	}

	@Override
	public Map<String, RetryRule> defaults() {
		return Map.of("default",
				new RetryRule(Match.ANY, Enforcement.ENFORCED, 0, 2, List.of(), false, new Backoff(null, null),
						new Budget(null, null), Duration.ofSeconds(5), 65_536L, RetryRule.Then.FAIL,
						new FailbackTerms(null, null, null, null, null, null)));
	}

	@Override
	public Set<String> events() {
		return Stream
			.concat(Stream.of(RETRIED, BUDGET_EXHAUSTED, RETRY_AFTER_EXCEEDED, RETRIED_BEHIND, FAILBACK_QUEUED,
					FAILBACK_FULL, FAILBACK_RETRIED), Stream.of(Failback.End.values()).map(RuleFailback::event))
			.collect(Collectors.toUnmodifiableSet());
	}

	@Override
	public List<Violation> validate(RetryRule rule) {
		List<Violation> violations = new ArrayList<>();
		if (rule.attempts() < 1 || rule.attempts() > 10) {
			violations.add(new Violation("attempts", String.valueOf(rule.attempts()), "1 to 10"));
		}
		violations.addAll(OutcomeMatch.validate("retry-on", rule.retryOn()));
		if (rule.maxBodyBytes() < 0 || rule.maxBodyBytes() > 16 * 1024 * 1024) {
			violations.add(new Violation("max-body-bytes", String.valueOf(rule.maxBodyBytes()), "0 to 16777216"));
		}
		Duration base = rule.backoff().base();
		if (base.compareTo(Duration.ofMillis(1)) < 0 || base.compareTo(Duration.ofMinutes(1)) > 0) {
			violations.add(new Violation("backoff.base", base.toString(), "1ms to 1m"));
		}
		Duration max = rule.backoff().max();
		if (max.compareTo(base) < 0 || max.compareTo(Duration.ofMinutes(10)) > 0) {
			violations.add(new Violation("backoff.max", max.toString(), "base to 10m"));
		}
		Duration asked = rule.maxRetryAfter();
		if (asked.isNegative() || asked.compareTo(LONGEST_RETRY_AFTER) > 0) {
			violations.add(new Violation("max-retry-after", asked.toString(), "0s to 10m"));
		}
		double ratio = rule.budget().ratio();
		if (!(ratio >= 0 && ratio <= 10)) {
			violations.add(new Violation("budget.ratio", String.valueOf(ratio), "0 to 10"));
		}
		int floor = rule.budget().minPerSecond();
		if (floor < 0 || floor > 10_000) {
			violations.add(new Violation("budget.min-per-second", String.valueOf(floor), "0 to 10000"));
		}
		violations.addAll(rule.failback().validate());
		return violations;
	}

	@Override
	public ExecutionPolicy newPolicy(RetryRule rule, PolicyContext context) {
		return new RetryPolicy(rule, context, new RetryBudgets(rule.budget(), context.time()), new KeptCalls());
	}

	@Override
	public ExecutionPolicy inherit(ExecutionPolicy running, RetryRule before, RetryRule rule, PolicyContext context) {
		RetryPolicy policy = (RetryPolicy) running;
		RetryBudgets budgets = before.budget().equals(rule.budget()) ? policy.budgets()
				: new RetryBudgets(rule.budget(), context.time());
		return new RetryPolicy(rule, context, budgets, policy.kept());
	}

}
