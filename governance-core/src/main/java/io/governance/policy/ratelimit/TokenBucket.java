// SPDX-License-Identifier: Apache-2.0

package io.governance.policy.ratelimit;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.EstimationProbe;
import io.github.bucket4j.TimeMeter;
import io.governance.policy.Decision;
import io.governance.policy.Policy.Forecast;
import io.governance.time.TimeSource;

/**
 * A limiter that admits or rejects at once: Bucket4j's token bucket, refilled evenly.
 */
final class TokenBucket implements Limiter {

	private final Rate rate;

	private final Bucket bucket;

	TokenBucket(Rate rate, TimeSource time) {
		this.rate = rate;
		this.bucket = Bucket.builder()
			.addLimit((limit) -> limit.capacity(rate.burst()).refillGreedy(rate.limit(), rate.per()))
			.withCustomTimePrecision(new MonotonicMeter(time))
			.build();
	}

	@Override
	public Decision tryAcquire(Answers answers) {
		if (this.bucket.tryConsume(1)) {
			return answers.admitted(this);
		}
		return answers.rejected(this, nanosToNext(this.bucket.estimateAbilityToConsume(1)));
	}

	@Override
	public Forecast foresee(Answers answers) {
		EstimationProbe probe = this.bucket.estimateAbilityToConsume(1);
		return probe.canBeConsumed() ? Forecast.admit(state())
				: Forecast.reject(answers.rejection(this, nanosToNext(probe)), state());
	}

	/**
	 * Rounded down by Bucket4j, to nothing for the last nanosecond; nothing means
	 * unknown.
	 */
	private static long nanosToNext(EstimationProbe probe) {
		return Math.max(1, probe.getNanosToWaitForRefill());
	}

	@Override
	public Rate rate() {
		return this.rate;
	}

	@Override
	public long available() {
		return this.bucket.getAvailableTokens();
	}

	@Override
	public long nanosToFull() {
		double missing = (double) this.rate.burst() - available();
		return (long) Math.ceil(missing * this.rate.per().toNanos() / this.rate.limit());
	}

	@Override
	public String state() {
		return "available=" + available();
	}

	private record MonotonicMeter(TimeSource time) implements TimeMeter {

		@Override
		public long currentTimeNanos() {
			return this.time.nanoTime();
		}

		@Override
		public boolean isWallClockBased() {
			return false;
		}

	}

}
