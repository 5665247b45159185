// SPDX-License-Identifier: Apache-2.0

package io.governance.policy.ratelimit;

import java.util.HashMap;
import java.util.Map;

import io.governance.keyed.BoundedKey;
import io.governance.match.CallKey;
import io.governance.policy.Call;
import io.governance.policy.Decision;
import io.governance.policy.Policy;
import io.governance.policy.Policy.Forecast;
import io.governance.rule.PolicyContext;
import org.jspecify.annotations.Nullable;

/**
 * Asks the limiter of the call's key. A key that the rule overrides has its limiter from
 * the start, and is never counted among the others.
 */
final class RateLimitPolicy implements Policy {

	private final @Nullable CallKey key;

	private final Buckets buckets;

	private final Map<String, Limiter> overridden;

	private final Answers answers;

	private final Limiters limiters;

	RateLimitPolicy(RateLimitRule rule, PolicyContext context) {
		this(rule, context, newBuckets(rule, context), newLimiters(rule, context));
	}

	private RateLimitPolicy(RateLimitRule rule, PolicyContext context, Buckets buckets,
			Map<String, Limiter> overridden) {
		this.key = rule.key();
		this.buckets = buckets;
		this.overridden = Map.copyOf(overridden);
		this.answers = new Answers(context, rule.headers());
		this.limiters = Limiters.of(rule, context);
	}

	private static Buckets newBuckets(RateLimitRule rule, PolicyContext context) {
		return new Buckets(rule.rate(), Limiters.of(rule, context), rule.maxKeys(), context.time(),
				context.events().apply(RateLimitRuleType.OVERFLOW));
	}

	private static Map<String, Limiter> newLimiters(RateLimitRule rule, PolicyContext context) {
		Map<String, Limiter> limiters = new HashMap<>();
		Limiters made = Limiters.of(rule, context);
		rule.overrides().forEach((name, limit) -> {
			String key = BoundedKey.of(name);
			limiters.put(key, made.make(rule.rate(limit), Buckets.bucket(key), Buckets.NEVER_DROPPED));
		});
		return limiters;
	}

	/**
	 * The policy of a rule that replaces this one's: with the limiters whose limits are
	 * the same.
	 */
	RateLimitPolicy replacedBy(RateLimitRule before, RateLimitRule rule, PolicyContext context) {
		Map<String, Limiter> limiters = newLimiters(rule, context);
		if (rule.hasSameKeyAs(before) && rule.isSharedAs(before)) {
			limiters.replaceAll((name, limiter) -> {
				Limiter running = this.overridden.get(name);
				return (running != null && running.rate().equals(limiter.rate())) ? running : limiter;
			});
		}
		return new RateLimitPolicy(rule, context, rule.hasSameBaseAs(before) ? this.buckets : newBuckets(rule, context),
				limiters);
	}

	@Override
	public Decision tryAcquire(Call call) {
		return limiter(call).tryAcquire(this.answers);
	}

	private Limiter limiter(Call call) {
		if (this.key == null) {
			return this.buckets.shared();
		}
		String value = BoundedKey.of(this.key.of(call));
		Limiter overriding = this.overridden.get(value);
		return (overriding != null) ? overriding : this.buckets.of(value);
	}

	@Override
	public Forecast foresee(Call call) {
		String value = (this.key != null) ? BoundedKey.of(this.key.of(call)) : null;
		Limiter overriding = (value != null) ? this.overridden.get(value) : null;
		return ((overriding != null) ? overriding : this.buckets.find(value)).foresee(this.answers);
	}

	@Override
	public String state() {
		String all = this.limiters.state();
		String one = (this.key != null) ? "keys=" + this.buckets.size() : this.buckets.shared().state();
		return all.isEmpty() ? one : one + " " + all;
	}

}
