// SPDX-License-Identifier: Apache-2.0

package io.governance.policy.ratelimit;

/**
 * How much time a call takes on a {@link Schedule} that is cold after a pause. The
 * formula of Guava's {@code SmoothRateLimiter.SmoothWarmingUp}, which Sentinel's
 * {@code WarmUpController} follows too. Pauses store permits, calls use them up; the more
 * are stored, the colder it is, and the longer the interval after a call:
 *
 * <pre>
 *   threshold = 0.5 * warm-up / interval
 *   coldest   = threshold + 2 * warm-up / (interval + cold interval)
 *   slope     = (cold interval - interval) / (coldest - threshold)
 * </pre>
 *
 * Above the threshold the interval is {@code interval + slope * (stored - threshold)},
 * and a call takes the integral of that over its permit. Under full load the way from
 * coldest to the threshold takes the warm-up time {@code w}, and after {@code t} of it
 * the rate is the full rate divided by {@code sqrt(9 - 8 * t / w)}. All times are in
 * nanoseconds.
 *
 * @param interval between calls when warm
 * @param threshold up to how many stored permits it is warm
 * @param coldest how many permits are stored at most
 * @param slope what each permit over the threshold adds to the interval
 * @param storing how long a pause stores one permit
 */
record WarmUp(double interval, double threshold, double coldest, double slope, double storing) {

	/** How many times longer the cold interval is; Guava's and Sentinel's too. */
	static final int COLD_FACTOR = 3;

	static WarmUp of(Rate rate) {
		double interval = rate.intervalNanos();
		double period = rate.warmUp().toNanos();
		if (period == 0) {
			return new WarmUp(interval, 0, 0, 0, interval);
		}
		double coldInterval = COLD_FACTOR * interval;
		double threshold = 0.5 * period / interval;
		double coldest = threshold + 2 * period / (interval + coldInterval);
		return new WarmUp(interval, threshold, coldest, (coldInterval - interval) / (coldest - threshold),
				period / coldest);
	}

	/**
	 * The stored permits after a pause.
	 */
	double paused(double stored, long nanos) {
		return Math.min(this.coldest, stored + nanos / this.storing);
	}

	/**
	 * The stored permits after a call.
	 */
	double used(double stored) {
		return Math.max(0, stored - 1);
	}

	/**
	 * How much of the schedule a call takes; never less than {@link #interval()}.
	 */
	long nanosOf(double stored) {
		double above = Math.max(0, stored - this.threshold);
		double taken = Math.min(1, above);
		return (long) Math.ceil(this.interval + taken * this.slope * (above - taken / 2));
	}

}
