// SPDX-License-Identifier: Apache-2.0

package io.governance.observation.sampling;

import java.time.Duration;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import io.governance.time.TimeSource;

/**
 * Bounds new traces per second: a bucket that is refilled evenly and holds a tenth of a
 * second's worth, one at least. So in any stretch of t seconds at most
 * {@code perSecond * t} plus that tenth are let through, however long none came before.
 * Never waits; thread-safe without locks.
 */
final class TraceCap {

	private static final int BURSTS_PER_SECOND = 10;

	private final int perSecond;

	private final Bucket bucket;

	TraceCap(int perSecond, TimeSource time) {
		this.perSecond = perSecond;
		long burst = Math.max(1, perSecond / BURSTS_PER_SECOND);
		this.bucket = Bucket.builder()
			.addLimit((limit) -> limit.capacity(burst).refillGreedy(perSecond, Duration.ofSeconds(1)))
			.withCustomTimePrecision(new Meter(time))
			.build();
	}

	int perSecond() {
		return this.perSecond;
	}

	boolean tryTake() {
		return this.bucket.tryConsume(1);
	}

	private record Meter(TimeSource time) implements TimeMeter {

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
