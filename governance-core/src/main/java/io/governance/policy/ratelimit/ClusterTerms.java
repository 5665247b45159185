// SPDX-License-Identifier: Apache-2.0

package io.governance.policy.ratelimit;

import java.math.BigInteger;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.LongAdder;

import io.governance.lease.LeaseRequest;
import io.governance.lease.Leases;
import io.governance.policy.ratelimit.RateLimitRule.OnStoreFailure;
import io.governance.rule.PolicyContext;
import io.governance.time.TimeSource;

/**
 * What the cluster limiters of a rule work with.
 */
record ClusterTerms(String rule, OnStoreFailure onStoreFailure, Leases leases, TimeSource time, LongAdder granted,
		LongAdder failed) {

	/** What a call is told that is rejected because the store is away. */
	static final long RETRY_AFTER_FAILURE_NANOS = 1_000_000_000L;

	/** What stores count exactly whose numbers have a mantissa of 53 bits. */
	private static final BigInteger MOST_UNITS = BigInteger.ONE.shiftLeft(52);

	static ClusterTerms of(RateLimitRule rule, PolicyContext context) {
		return new ClusterTerms(name(rule, context), rule.onStoreFailure(), context.leases(), context.time(),
				context.events().apply(RateLimitRuleType.LEASED),
				context.events().apply(RateLimitRuleType.LEASE_FAILED));
	}

	/**
	 * Another key counts something else, though its values look the same.
	 */
	private static String name(RateLimitRule rule, PolicyContext context) {
		return (rule.key() != null) ? context.rule() + '@' + rule.key() : context.rule();
	}

	/**
	 * The request for a bucket; another limit has the same one, so that instances with
	 * the rule before and after a change do not admit the limits of both.
	 */
	LeaseRequest request(String bucket, Shares shares, long held, long wanted, long owed, boolean rejoining,
			boolean known) {
		Rate rate = shares.rate();
		long period = micros(rate.per());
		long divisor = divisor(rate.limit(), period);
		return new LeaseRequest(this.rule + ':' + bucket, rate.limit() / divisor, period / divisor, rate.burst(),
				shares.reserve(), shares.instances(), held, wanted, owed, rejoining, known);
	}

	private static long micros(Duration period) {
		return (period.toNanos() + 999) / 1_000;
	}

	private static long divisor(long limit, long period) {
		return BigInteger.valueOf(limit).gcd(BigInteger.valueOf(period)).longValue();
	}

	/**
	 * Whether a store can count it.
	 */
	static boolean isCountable(Rate rate) {
		long period = micros(rate.per());
		return BigInteger.valueOf(period / divisor(rate.limit(), period))
			.multiply(BigInteger.valueOf(rate.burst()))
			.compareTo(MOST_UNITS) <= 0 && isCountable(rate.limit()) && isCountable(rate.burst());
	}

	private static boolean isCountable(long value) {
		return BigInteger.valueOf(value).compareTo(MOST_UNITS) <= 0;
	}

	String state() {
		int instances = this.leases.instances();
		return "store=" + this.leases.state().name().toLowerCase(Locale.ROOT) + " instances="
				+ ((instances > 0) ? instances : "unknown");
	}

}
