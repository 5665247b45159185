// SPDX-License-Identifier: Apache-2.0

package io.governance.policy.ratelimit;

import java.time.Duration;

import io.governance.time.TimeSource;

/**
 * What one limiter is made from; made from the same, two behave the same.
 *
 * @param limit calls per period
 * @param per the period
 * @param burst calls that may come at once
 * @param warmUp how long the rate grows after a pause; zero where it does not
 * @param maxWait how long calls may wait for their turn; zero where they do not
 */
record Rate(long limit, Duration per, long burst, Duration warmUp, Duration maxWait) {

	private static final long SECOND = 1_000_000_000L;

	Limiter newLimiter(TimeSource time) {
		return isScheduled() ? new Schedule(this, time) : new TokenBucket(this, time);
	}

	private boolean isScheduled() {
		return !this.warmUp.isZero() || !this.maxWait.isZero();
	}

	/**
	 * Between two calls at this rate, in nanoseconds, rounded up.
	 */
	long intervalNanos() {
		return (this.per.toNanos() + this.limit - 1) / this.limit;
	}

	/**
	 * How long a limiter that is left alone may differ from a new one, in nanoseconds.
	 */
	long nanosToForget() {
		double fill = (double) this.per.toNanos() * this.burst / this.limit;
		long rest = isScheduled()
				? WarmUp.COLD_FACTOR * intervalNanos() + this.warmUp.toNanos() + this.maxWait.toNanos() : 0;
		return (long) Math.min(Long.MAX_VALUE / 4.0, fill + rest);
	}

	/**
	 * The period as callers are told: in whole seconds, rounded up.
	 */
	long windowSeconds() {
		return seconds(this.per.toNanos());
	}

	/**
	 * Calls per {@link #windowSeconds()}.
	 */
	long limitPerWindow() {
		long window = windowSeconds() * SECOND;
		long period = this.per.toNanos();
		return (window == period) ? this.limit : (long) ((double) this.limit * window / period);
	}

	/**
	 * Nanoseconds in seconds, rounded up.
	 */
	static long seconds(long nanos) {
		return nanos / SECOND + ((nanos % SECOND > 0) ? 1 : 0);
	}

}
