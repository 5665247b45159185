// SPDX-License-Identifier: Apache-2.0

package io.governance.policy.ratelimit;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.governance.time.TimeSource;
import org.jspecify.annotations.Nullable;

/**
 * The limiters of a rule, by key. One that was left alone for as long as it takes to
 * forget says nothing that a new one would not, and is dropped; only then, so that a key
 * cannot be freed of its limit by a flood of others. Keys beyond the bound share one. The
 * bound is kept loosely under concurrency: at most by the number of threads.
 */
final class Buckets {

	private static final String SHARED = "*";

	/** For a limiter that is kept anyway. */
	static final Runnable NEVER_DROPPED = () -> {
		// there is nothing to say
	};

	private static final long SWEEP_NANOS = 100_000_000L;

	/**
	 * Caffeine notes an access only when the last one that it noted is a second ago: what
	 * is asked for all the time would be dropped that much too early, and be full again.
	 */
	private static final long ACCESS_TOLERANCE_NANOS = 1_000_000_001L;

	private final Cache<String, Limiter> byKey;

	private final Limiter shared;

	private final int maxKeys;

	private final LongAdder overflow;

	private final Rate rate;

	private final Limiters limiters;

	private final TimeSource time;

	private final AtomicLong nextSweep;

	Buckets(Rate rate, Limiters limiters, int maxKeys, TimeSource time, LongAdder overflow) {
		this.rate = rate;
		this.limiters = limiters;
		this.time = time;
		this.nextSweep = new AtomicLong(time.nanoTime());
		this.maxKeys = maxKeys;
		this.overflow = overflow;
		this.byKey = Caffeine.newBuilder()
			.ticker(time::nanoTime)
			.executor(Runnable::run)
			.expireAfterAccess(Duration.ofNanos(rate.nanosToForget() + ACCESS_TOLERANCE_NANOS))
			.build();
		this.shared = limiters.make(rate, SHARED, NEVER_DROPPED);
	}

	Limiter shared() {
		return this.shared;
	}

	Limiter of(String key) {
		Limiter limiter = this.byKey.getIfPresent(key);
		if (limiter != null) {
			return limiter;
		}
		if (isFull()) {
			this.overflow.increment();
			return this.shared;
		}
		return this.byKey.get(key, (missing) -> this.limiters.make(this.rate, bucket(missing), () -> use(missing)));
	}

	/**
	 * As a call of that key does.
	 */
	private void use(String key) {
		var unused = this.byKey.getIfPresent(key);
	}

	/**
	 * The bucket of a key, as others see it: a hash, for a key may be a credential, and
	 * is what a client says it is.
	 */
	static String bucket(String key) {
		try {
			byte[] hash = MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
			return HexFormat.of().formatHex(hash);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("every Java platform has SHA-256", ex);
		}
	}

	/**
	 * The limiter that a key would be given now, without effect: what has none is shown a
	 * new one that nobody keeps. Not seen is that a key which has expired since the last
	 * sweep has itself swept when it comes.
	 */
	Limiter find(@Nullable String key) {
		if (key == null) {
			return this.shared;
		}
		Limiter limiter = this.byKey.policy().getIfPresentQuietly(key);
		if (limiter != null) {
			return limiter;
		}
		return isFullAfterSweep() ? this.shared : this.limiters.make(this.rate, bucket(key), NEVER_DROPPED);
	}

	private boolean isFullAfterSweep() {
		long size = this.byKey.estimatedSize();
		boolean swept = this.time.nanoTime() - this.nextSweep.get() >= 0;
		// what has expired is left out of the view, and counted until it is swept
		return size >= this.maxKeys && (!swept || this.byKey.asMap().keySet().stream().count() >= this.maxKeys);
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

}
