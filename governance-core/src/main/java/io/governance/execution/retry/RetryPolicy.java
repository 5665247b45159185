// SPDX-License-Identifier: Apache-2.0

package io.governance.execution.retry;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongPredicate;

import io.governance.execution.ExecutionPlan;
import io.governance.execution.ExecutionPolicy;
import io.governance.execution.Failback;
import io.governance.execution.RetrySchedule;
import io.governance.match.OutcomeTest;
import io.governance.policy.Call;
import io.governance.policy.Outcome;
import io.governance.rule.PolicyContext;
import org.jspecify.annotations.Nullable;

/**
 * Makes the schedule of each call, out of one rule and the budget of the called service.
 */
final class RetryPolicy implements ExecutionPolicy {

	/** RFC 9110, section 9.2.2. */
	private static final Set<String> IDEMPOTENT = Set.of("GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE");

	/** By it the caller says that the callee knows a repetition when it sees one. */
	private static final String IDEMPOTENCY_KEY = "idempotency-key";

	private final RetryRule rule;

	private final OutcomeTest retryOn;

	private final PolicyContext context;

	private final RetryBudgets budgets;

	private final Map<String, Schedules> schedules = new ConcurrentHashMap<>();

	private final KeptCalls kept;

	private final LongAdder retried;

	private final LongAdder exhausted;

	private final LongAdder askedTooMuch;

	private final LongAdder retriedBehind;

	RetryPolicy(RetryRule rule, PolicyContext context, RetryBudgets budgets, KeptCalls kept) {
		this.kept = kept;
		this.rule = rule;
		this.retryOn = new OutcomeTest(rule.retryOn());
		this.context = context;
		this.budgets = budgets;
		this.retried = context.events().apply(RetryRuleType.RETRIED);
		this.exhausted = context.events().apply(RetryRuleType.BUDGET_EXHAUSTED);
		this.askedTooMuch = context.events().apply(RetryRuleType.RETRY_AFTER_EXCEEDED);
		this.retriedBehind = context.events().apply(RetryRuleType.RETRIED_BEHIND);
	}

	RetryBudgets budgets() {
		return this.budgets;
	}

	KeptCalls kept() {
		return this.kept;
	}

	private boolean keepsCalls() {
		return this.rule.then() == RetryRule.Then.FAILBACK;
	}

	@Override
	public ExecutionPlan contribute(Call call, ExecutionPlan plan) {
		Schedules schedules = schedules(call.service());
		return (isRepeatable(call) ? schedules.repeatable() : schedules.once()).addTo(plan);
	}

	private Schedules schedules(String service) {
		Schedules known = this.schedules.get(service);
		if (known != null) {
			return known;
		}
		if (this.schedules.size() >= RetryBudgets.MAX_SERVICES) {
			// what has been counted is with the budgets
			this.schedules.clear();
		}
		return this.schedules.computeIfAbsent(service, this::newSchedules);
	}

	private Schedules newSchedules(String service) {
		RetryBudget budget = this.budgets.of(service);
		return new Schedules(budget, new Schedule(budget, true), new Schedule(budget, false));
	}

	private boolean isRepeatable(Call call) {
		return this.rule.nonIdempotent() || call.isLocal() || call.isIdempotent() || IDEMPOTENT.contains(call.method())
				|| call.header(IDEMPOTENCY_KEY) != null;
	}

	@Override
	public String describe(Call call) {
		String when = isRepeatable(call) ? "" : " only-if-not-processed";
		return ("attempts=" + this.rule.attempts() + when + " " + state()).trim();
	}

	@Override
	public String state() {
		return keepsCalls() ? (this.budgets.state() + " " + this.kept.state(this.rule.failback())).trim()
				: this.budgets.state();
	}

	/**
	 * The schedules of calls to one service.
	 *
	 * @param budget of the service
	 * @param repeatable of calls that may be repeated
	 * @param once of calls that may not, once they were processed
	 */
	private record Schedules(RetryBudget budget, Schedule repeatable, Schedule once) {
	}

	/**
	 * A plan, and the same with a schedule.
	 */
	private record Added(ExecutionPlan before, ExecutionPlan after) {
	}

	/**
	 * The schedule of many calls: all of what it keeps is in the budget.
	 */
	private final class Schedule implements RetrySchedule {

		private final RetryBudget budget;

		private final boolean repeatable;

		/** Of calls for which nothing but timeouts was said before it is the same. */
		private volatile @Nullable Added added;

		Schedule(RetryBudget budget, boolean repeatable) {
			this.budget = budget;
			this.repeatable = repeatable;
		}

		ExecutionPlan addTo(ExecutionPlan plan) {
			Added known = this.added;
			if (known != null && known.before() == plan) {
				return known.after();
			}
			ExecutionPlan after = plan.withRetry(this);
			if (plan.fallbacks().isEmpty() && plan.caches().isEmpty()) {
				this.added = new Added(plan, after);
			}
			return after;
		}

		@Override
		public void begin(long nowNanos) {
			this.budget.recordCall(nowNanos);
		}

		@Override
		public long maxBodyBytes() {
			return RetryPolicy.this.rule.maxBodyBytes();
		}

		@Override
		public boolean mayRetryAfter(int attempt) {
			return attempt < RetryPolicy.this.rule.attempts();
		}

		@Override
		public boolean wants(Outcome outcome) {
			return mayRetryAfter(1) && wanted(outcome);
		}

		@Override
		public void leaveToCallee() {
			RetryPolicy.this.retriedBehind.increment();
		}

		@Override
		public @Nullable Failback failback() {
			RetryPolicy policy = RetryPolicy.this;
			return policy.keepsCalls()
					? new RuleFailback(policy.rule, policy.context, policy.kept, this.budget, this::wanted) : null;
		}

		@Override
		public long next(int attempt, Outcome outcome, long askedNanos, LongPredicate fits) {
			if (!mayRetryAfter(attempt) || !wanted(outcome)) {
				return STOP;
			}
			if (askedNanos > RetryPolicy.this.rule.maxRetryAfter().toNanos()) {
				RetryPolicy.this.askedTooMuch.increment();
				return STOP;
			}
			long wait = askedNanos
					+ RetryPolicy.this.rule.backoff().waitNanos(attempt, RetryPolicy.this.context.random());
			if (!fits.test(wait)) {
				return STOP;
			}
			if (!this.budget.tryTake()) {
				RetryPolicy.this.exhausted.increment();
				return STOP;
			}
			RetryPolicy.this.retried.increment();
			return wait;
		}

		private boolean wanted(Outcome outcome) {
			return RetryPolicy.this.retryOn.matches(outcome) && (this.repeatable || isNotProcessed(outcome));
		}

		private boolean isNotProcessed(Outcome outcome) {
			return RetryPolicy.this.rule.retryOn()
				.stream()
				.anyMatch((condition) -> condition.provesNotProcessed() && condition.matches(outcome));
		}

	}

}
