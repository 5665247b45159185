// SPDX-License-Identifier: Apache-2.0

package io.governance.policy.adaptivebreaker;

import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;

import io.governance.time.TimeSource;

/**
 * Client-side throttling of one key. A call is held back with the probability that the
 * {@linkplain DropRatio formula} gives for the window, and counts as held back at once.
 * While the formula says more than nothing, a call passes in any case when the last one
 * that passed is over a second ago: a service that is well again is found out. What the
 * window holds is known when calls end: those that are under way count neither way. A
 * window in which nothing happened leaves nothing behind. Thread-safe by one lock, held
 * for a few additions.
 */
final class Throttle {

	static final long FORCED_AFTER_NANOS = 1_000_000_000L;

	/** Share of the window that must be calm before it is not throttling any more. */
	static final int CALM = 4;

	private final TimeSource time;

	private final RandomGenerator random;

	private final long calmNanos;

	/** Guards all that follows; what others read without it is volatile. */
	private final ReentrantLock lock = new ReentrantLock();

	private final CallWindow window;

	private int underway;

	private boolean hasPassed;

	private long lastPass;

	private long lastPositive;

	private volatile boolean throttling;

	Throttle(Duration window, TimeSource time, RandomGenerator random) {
		this.time = time;
		this.random = random;
		this.calmNanos = window.toNanos() / CALM;
		this.window = new CallWindow(window, time.nanoTime());
	}

	/**
	 * Asks whether a call passes. One that does is to be ended by {@link #succeed()},
	 * {@link #fail()} or {@link #forgo()}.
	 * @param formula how large a share is held back
	 * @return whether it passes
	 */
	boolean tryPass(DropRatio formula) {
		this.lock.lock();
		try {
			boolean passes = decide(formula, move());
			if (passes) {
				this.underway++;
			}
			else {
				this.window.addDrop();
			}
			return passes;
		}
		finally {
			this.lock.unlock();
		}
	}

	private boolean decide(DropRatio formula, long now) {
		double ratio = formula.ratio(this.window);
		watch(ratio > 0, now);
		if (ratio <= 0) {
			return true;
		}
		double share = share(ratio, now);
		if (share > 0 && this.random.nextDouble() < share) {
			return false;
		}
		this.hasPassed = true;
		this.lastPass = now;
		return true;
	}

	/**
	 * The probability that the next call is held back.
	 */
	private double share(double ratio, long now) {
		boolean forced = this.hasPassed && now - this.lastPass > FORCED_AFTER_NANOS;
		return forced ? 0 : Math.max(0, DropRatio.eased(ratio, this.window.workingBuckets()));
	}

	/**
	 * Throttling begins at once and ends after a calm while, so that it does not come and
	 * go with each call.
	 */
	private void watch(boolean positive, long now) {
		if (positive) {
			this.lastPositive = now;
			this.throttling = true;
		}
		else if (this.throttling && now - this.lastPositive >= this.calmNanos) {
			this.throttling = false;
		}
	}

	/**
	 * A call that passed was successful.
	 */
	void succeed() {
		this.lock.lock();
		try {
			move();
			this.underway--;
			this.window.addSuccess();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * A call that passed failed.
	 */
	void fail() {
		this.lock.lock();
		try {
			move();
			this.underway--;
			this.window.addFailure();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * A call that passed ended so that it says nothing. If it was forced to pass, the
	 * next one still is so only after its second.
	 */
	void forgo() {
		this.lock.lock();
		try {
			this.underway--;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Moves the window to the present, which is looked up under the lock: time must not
	 * go back.
	 */
	private long move() {
		long now = this.time.nanoTime();
		this.window.moveTo(now);
		if (this.window.isEmpty()) {
			this.hasPassed = false;
		}
		return now;
	}

	/**
	 * Whether calls are held back, or were a moment ago; as of the last call or reading.
	 */
	boolean isThrottling() {
		return this.throttling;
	}

	/**
	 * Whether a new one would behave the same.
	 */
	boolean isIdle() {
		this.lock.lock();
		try {
			move();
			return this.underway == 0 && this.window.isEmpty();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * The probability that {@link #tryPass} holds the next call back, without effect.
	 */
	double foresee(DropRatio formula) {
		this.lock.lock();
		try {
			long now = move();
			return share(formula.ratio(this.window), now);
		}
		finally {
			this.lock.unlock();
		}
	}

	Reading read(DropRatio formula) {
		this.lock.lock();
		try {
			long now = move();
			double ratio = formula.ratio(this.window);
			watch(ratio > 0, now);
			double eased = Math.max(0, DropRatio.eased(ratio, this.window.workingBuckets()));
			return new Reading(this.window.accepts(), formula.total(this.window), eased, this.throttling);
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * What there is to say of a throttle.
	 *
	 * @param accepts successful calls in the window
	 * @param total all calls in the window
	 * @param ratio the probability that the next call is held back, 0 to 1
	 * @param throttling whether calls are held back
	 */
	record Reading(long accepts, long total, double ratio, boolean throttling) {
	}

}
