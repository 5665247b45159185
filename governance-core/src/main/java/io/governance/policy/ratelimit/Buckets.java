// SPDX-License-Identifier: Apache-2.0

package io.governance.policy.ratelimit;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import io.governance.time.TimeSource;

/**
 * The buckets of a rule, by key. A bucket that was left alone for as long as it takes to
 * fill up says nothing that a new one would not, and is dropped; only then, so that a key
 * cannot be freed of its limit by a flood of others. Keys beyond the bound share one
 * bucket. The bound is kept loosely under concurrency: at most by the number of threads.
 */
final class Buckets {

	private static final long SWEEP_NANOS = 100_000_000L;

	/**
	 * Caffeine notes an access only when the last one that it noted is a second ago: what
	 * is asked for all the time would be dropped that much too early, and be full again.
	 */
	private static final long ACCESS_TOLERANCE_NANOS = 1_000_000_001L;

	private final Cache<String, Bucket> byKey;

	private final Bucket shared;

	private final int maxKeys;

	private final LongAdder overflow;

	private final RateLimitRule rule;

	private final TimeSource time;

	private final TimeMeter meter;

	private final AtomicLong nextSweep;

	Buckets(RateLimitRule rule, TimeSource time, LongAdder overflow) {
		this.rule = rule;
		this.time = time;
		this.meter = new MonotonicMeter(time);
		this.nextSweep = new AtomicLong(time.nanoTime());
		this.maxKeys = rule.maxKeys();
		this.overflow = overflow;
		this.byKey = Caffeine.newBuilder()
			.ticker(time::nanoTime)
			.executor(Runnable::run)
			.expireAfterAccess(timeToFill(rule))
			.build();
		this.shared = newBucket();
	}

	private static Duration timeToFill(RateLimitRule rule) {
		double periods = (double) rule.burst() / rule.limit();
		return Duration
			.ofNanos((long) Math.min(Long.MAX_VALUE / 4.0, rule.per().toNanos() * periods) + ACCESS_TOLERANCE_NANOS);
	}

	private Bucket newBucket() {
		return Bucket.builder()
			.addLimit((limit) -> limit.capacity(this.rule.burst()).refillGreedy(this.rule.limit(), this.rule.per()))
			.withCustomTimePrecision(this.meter)
			.build();
	}

	Bucket shared() {
		return this.shared;
	}

	Bucket of(String key) {
		Bucket bucket = this.byKey.getIfPresent(key);
		if (bucket != null) {
			return bucket;
		}
		if (isFull()) {
			this.overflow.increment();
			return this.shared;
		}
		return this.byKey.get(key, (missing) -> newBucket());
	}

	private boolean isFull() {
		if (this.byKey.estimatedSize() < this.maxKeys) {
			return false;
		}
		long now = this.time.nanoTime();
		long due = this.nextSweep.get();
		// sweeping takes a lock, which a flood must not make every call wait for
		if (now - due >= 0 && this.nextSweep.compareAndSet(due, now + SWEEP_NANOS)) {
			this.byKey.cleanUp();
		}
		return this.byKey.estimatedSize() >= this.maxKeys;
	}

	long size() {
		return this.byKey.estimatedSize();
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
