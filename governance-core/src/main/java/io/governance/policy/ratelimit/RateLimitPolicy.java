// SPDX-License-Identifier: Apache-2.0

package io.governance.policy.ratelimit;

import io.github.bucket4j.Bucket;
import io.governance.match.CallKey;
import io.governance.policy.Call;
import io.governance.policy.Decision;
import io.governance.policy.Policy;
import io.governance.policy.Reason;
import io.governance.policy.Rejection;
import io.governance.rule.PolicyContext;
import org.jspecify.annotations.Nullable;

/**
 * Takes a token per call, from the bucket of the call's key.
 */
final class RateLimitPolicy implements Policy {

	private final @Nullable CallKey key;

	private final String rule;

	private final Buckets buckets;

	RateLimitPolicy(RateLimitRule rule, PolicyContext context) {
		this.key = rule.key();
		this.rule = context.rule();
		this.buckets = new Buckets(rule, context.time(), context.events().apply(RateLimitRuleType.OVERFLOW));
	}

	@Override
	public Decision tryAcquire(Call call) {
		Bucket bucket = (this.key != null) ? this.buckets.of(BoundedKey.of(this.key.of(call))) : this.buckets.shared();
		if (bucket.tryConsume(1)) {
			return Decision.ADMITTED;
		}
		// rounded down by Bucket4j, to nothing for the last nanosecond; nothing means
		// unknown
		long wait = Math.max(1, bucket.estimateAbilityToConsume(1).getNanosToWaitForRefill());
		return new Decision.Rejected(new Rejection(Reason.RATE_LIMITED, this.rule, wait));
	}

	@Override
	public String state() {
		return (this.key != null) ? "keys=" + this.buckets.size()
				: "available=" + this.buckets.shared().getAvailableTokens();
	}

}
