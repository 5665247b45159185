// SPDX-License-Identifier: Apache-2.0

package io.governance.policy.bulkhead;

import java.util.concurrent.atomic.LongAdder;

import io.governance.keyed.KeyedStates;
import io.governance.policy.Call;
import io.governance.policy.Decision;
import io.governance.policy.Policy;
import io.governance.policy.Policy.Forecast;
import io.governance.rule.PolicyContext;

/**
 * Takes a permit per call, from the bulkhead of the call's key. A rule whose numbers
 * change gets a new policy on the same bulkheads, each of which takes the new numbers
 * when it is first asked by it: a set of rules that is not put in force changes nothing.
 */
final class BulkheadPolicy implements Policy {

	private final WaitingTerms terms;

	private final KeyedStates<KeyBulkhead> bulkheads;

	private final Limits limits;

	private BulkheadPolicy(WaitingTerms terms, KeyedStates<KeyBulkhead> bulkheads, Limits limits) {
		this.terms = terms;
		this.bulkheads = bulkheads;
		this.limits = limits;
	}

	static BulkheadPolicy of(BulkheadRule rule, PolicyContext context) {
		WaitingTerms terms = WaitingTerms.of(context);
		Limits limits = Limits.of(rule, 0);
		LongAdder overflow = context.events().apply(BulkheadRuleType.OVERFLOW);
		return new BulkheadPolicy(terms, new KeyedStates<>(rule.key(), rule.maxKeys(), context.time(), overflow,
				(key) -> new KeyBulkhead(key, limits, terms)), limits);
	}

	/**
	 * The policy of a rule with other numbers, for the same keys.
	 */
	BulkheadPolicy changedTo(BulkheadRule rule) {
		return new BulkheadPolicy(this.terms, this.bulkheads, Limits.of(rule, this.limits.generation() + 1));
	}

	@Override
	public Decision tryAcquire(Call call) {
		Decision decision = this.bulkheads.of(call).tryAcquire(this.limits);
		return (decision != null) ? decision : this.terms.full();
	}

	@Override
	public Forecast foresee(Call call) {
		KeyBulkhead bulkhead = this.bulkheads.find(call);
		return (bulkhead != null) ? bulkhead.foresee(this.limits) : Forecast.admit("0/" + this.limits.calls());
	}

	/**
	 * Such as {@code inventory=25/25+3/10}: of 25 permits 25 are out, of 10 places in the
	 * queue 3 are taken.
	 */
	@Override
	public String state() {
		return this.bulkheads.describe((bulkhead) -> bulkhead.describe(this.limits));
	}

}
