// SPDX-License-Identifier: Apache-2.0

package io.governance.policy.ratelimit;

import java.util.List;
import java.util.concurrent.atomic.LongAdder;

import io.governance.policy.Decision;
import io.governance.policy.Outcome;
import io.governance.policy.Permit;
import io.governance.policy.Reason;
import io.governance.policy.Rejection;
import io.governance.rule.PolicyContext;

/**
 * Makes the decisions of a rule, and tells of its quota: with each rejection, and with
 * admitted calls where the rule says so. Thread-safe.
 */
final class Answers {

	private final String rule;

	private final String quota;

	private final boolean toldAlways;

	private final LongAdder delayed;

	Answers(PolicyContext context, boolean toldAlways) {
		this.rule = context.rule();
		this.quota = this.rule.substring(this.rule.indexOf('/') + 1);
		this.toldAlways = toldAlways;
		this.delayed = context.events().apply(RateLimitRuleType.DELAYED);
	}

	Decision admitted(Limiter limiter) {
		return this.toldAlways ? new Decision.Admitted(told(limiter, Permit.NONE)) : Decision.ADMITTED;
	}

	Decision delayed(Limiter limiter, Permit permit, long waitNanos) {
		this.delayed.increment();
		return new Decision.Delayed(this.toldAlways ? told(limiter, permit) : permit, waitNanos);
	}

	Decision rejected(Limiter limiter, long retryAfterNanos) {
		return new Decision.Rejected(rejection(limiter, retryAfterNanos));
	}

	Rejection rejection(Limiter limiter, long retryAfterNanos) {
		return new Rejection(Reason.RATE_LIMITED, this.rule, retryAfterNanos,
				quota(limiter.rate(), 0, retryAfterNanos));
	}

	private Permit told(Limiter limiter, Permit permit) {
		return new Told(permit, List.of(quota(limiter.rate(), limiter.available(), limiter.nanosToFull())));
	}

	private Decision.Quota quota(Rate rate, long remaining, long resetNanos) {
		return new Decision.Quota(this.quota, rate.limitPerWindow(), rate.windowSeconds(), remaining,
				Rate.seconds(resetNanos));
	}

	private record Told(Permit permit, List<Decision.Quota> quotas) implements Permit {

		@Override
		public void release(Outcome outcome) {
			this.permit.release(outcome);
		}

	}

}
