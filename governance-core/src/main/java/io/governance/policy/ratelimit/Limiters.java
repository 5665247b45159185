// SPDX-License-Identifier: Apache-2.0

package io.governance.policy.ratelimit;

import io.governance.lease.Leases;
import io.governance.policy.ratelimit.RateLimitRule.Scope;
import io.governance.rule.PolicyContext;

/**
 * Makes the limiters of a rule.
 */
interface Limiters {

	/**
	 * Makes a limiter.
	 * @param rate its limit
	 * @param bucket what it limits: the same in all processes
	 * @param used says that it must not be dropped yet, though no call came
	 * @return the limiter
	 */
	Limiter make(Rate rate, String bucket, Runnable used);

	/**
	 * What operators should know of all of them; empty when there is nothing.
	 */
	default String state() {
		return "";
	}

	static Limiters of(RateLimitRule rule, PolicyContext context) {
		if (rule.scope() == Scope.INSTANCE) {
			return (rate, bucket, used) -> rate.newLimiter(context.time());
		}
		return (context.leases().state() != Leases.State.NONE) ? new Shared(ClusterTerms.of(rule, context))
				: new Unshared(context);
	}

	/**
	 * Limits that all instances share.
	 */
	record Shared(ClusterTerms terms) implements Limiters {

		@Override
		public Limiter make(Rate rate, String bucket, Runnable used) {
			return new ClusterLimiter(this.terms, rate, bucket, used);
		}

		@Override
		public String state() {
			return this.terms.state();
		}

	}

	/**
	 * Limits that should be shared, in a process without a store.
	 */
	record Unshared(PolicyContext context) implements Limiters {

		@Override
		public Limiter make(Rate rate, String bucket, Runnable used) {
			return rate.newLimiter(this.context.time());
		}

		@Override
		public String state() {
			return "not enforced cluster-wide here: no store, each instance admits the whole limit";
		}

	}

}
