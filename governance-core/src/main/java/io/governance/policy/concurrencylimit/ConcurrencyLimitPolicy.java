// SPDX-License-Identifier: Apache-2.0

package io.governance.policy.concurrencylimit;

import io.governance.keyed.KeyedStates;
import io.governance.policy.Call;
import io.governance.policy.Decision;
import io.governance.policy.Policy;
import io.governance.policy.Policy.Forecast;
import io.governance.policy.Reason;
import io.governance.policy.Rejection;
import io.governance.rule.PolicyContext;

/**
 * A limit per key. The limits outlive the policy: one under other numbers takes them
 * over, with the calls in flight.
 */
final class ConcurrencyLimitPolicy implements Policy {

	private final ConcurrencyLimitRule rule;

	private final KeyedStates<AdaptiveLimit> limits;

	private final Decision.Rejected rejected;

	ConcurrencyLimitPolicy(ConcurrencyLimitRule rule, PolicyContext context) {
		this(rule,
				new KeyedStates<>(rule.key(), rule.maxKeys(), context.time(),
						context.events().apply(ConcurrencyLimitRuleType.OVERFLOW),
						(key) -> new AdaptiveLimit(rule, context.time())),
				new Decision.Rejected(new Rejection(Reason.CONCURRENCY_LIMITED, context.rule(), 0)));
	}

	private ConcurrencyLimitPolicy(ConcurrencyLimitRule rule, KeyedStates<AdaptiveLimit> limits,
			Decision.Rejected rejected) {
		this.rule = rule;
		this.limits = limits;
		this.rejected = rejected;
	}

	ConcurrencyLimitPolicy under(ConcurrencyLimitRule other) {
		return new ConcurrencyLimitPolicy(other, this.limits, this.rejected);
	}

	@Override
	public Decision tryAcquire(Call call) {
		Decision admitted = this.limits.of(call).tryAcquire(call.priority(), this.rule);
		return (admitted != null) ? admitted : this.rejected;
	}

	@Override
	public Forecast foresee(Call call) {
		AdaptiveLimit limit = this.limits.find(call);
		if (limit == null) {
			return Forecast.admit("new");
		}
		return limit.wouldAdmit(call.priority(), this.rule) ? Forecast.admit(limit.toString())
				: Forecast.reject(this.rejected.rejection(), limit.toString());
	}

	@Override
	public String state() {
		return this.limits.describe(AdaptiveLimit::toString);
	}

}
