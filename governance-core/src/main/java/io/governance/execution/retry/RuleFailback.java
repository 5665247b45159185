// SPDX-License-Identifier: Apache-2.0

package io.governance.execution.retry;

import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;

import io.governance.execution.CallFailure;
import io.governance.execution.Failback;
import io.governance.policy.Outcome;
import io.governance.policy.Reason;
import io.governance.policy.Rejection;
import io.governance.rule.PolicyContext;

/**
 * The failback of one call: what the rule retries, and what was not sent since its callee
 * is known to be away.
 */
final class RuleFailback implements Failback {

	/** This side did not send the call: that is safe to repeat, and may work later. */
	private static final Set<Reason> AWAY = Set.of(Reason.CIRCUIT_OPEN, Reason.NO_INSTANCE, Reason.THROTTLED);

	private final RetryRule rule;

	private final PolicyContext context;

	private final KeptCalls kept;

	private final RetryBudget budget;

	private final Predicate<Outcome> retried;

	RuleFailback(RetryRule rule, PolicyContext context, KeptCalls kept, RetryBudget budget,
			Predicate<Outcome> retried) {
		this.rule = rule;
		this.context = context;
		this.kept = kept;
		this.budget = budget;
		this.retried = retried;
	}

	static String event(End end) {
		return "failback-" + end.name().toLowerCase(Locale.ROOT);
	}

	@Override
	public String rule() {
		return this.context.rule();
	}

	@Override
	public boolean wants(CallFailure failure) {
		Rejection rejection = failure.rejection();
		return (rejection != null && AWAY.contains(rejection.reason())) || this.retried.test(failure.outcome());
	}

	@Override
	public long maxBodyBytes() {
		return this.rule.maxBodyBytes();
	}

	@Override
	public boolean enter(long bytes) {
		boolean entered = this.kept.enter(bytes, this.rule.failback());
		count(entered ? RetryRuleType.FAILBACK_QUEUED : RetryRuleType.FAILBACK_FULL);
		return entered;
	}

	@Override
	public void leave(long bytes, End end) {
		this.kept.leave(bytes);
		count(event(end));
	}

	@Override
	public long waitNanos(int retries, long ageNanos) {
		FailbackTerms terms = this.rule.failback();
		long wait = terms.waitNanos(retries);
		return (retries >= terms.retries() || ageNanos + wait > terms.maxAge().toNanos()) ? STOP : wait;
	}

	@Override
	public boolean tryTake() {
		boolean taken = this.budget.tryTake();
		count(taken ? RetryRuleType.FAILBACK_RETRIED : RetryRuleType.BUDGET_EXHAUSTED);
		return taken;
	}

	private void count(String event) {
		this.context.events().apply(event).increment();
	}

}
