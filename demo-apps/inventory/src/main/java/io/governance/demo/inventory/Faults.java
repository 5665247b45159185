// SPDX-License-Identifier: Apache-2.0

package io.governance.demo.inventory;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;

/**
 * The fault of this instance, and how long its requests take without one. Thread-safe.
 */
final class Faults {

	/**
	 * A request is slow by that much at least: who calls sees more than what we measure.
	 */
	private static final Duration LEAST_DELAY = Duration.ofMillis(100);

	private static final int TIMES_SLOWER = 20;

	/** The share of the newest request in what requests take. */
	private static final double NEWEST = 1.0 / 16;

	private final Lock lock = new ReentrantLock();

	private final Condition changed = this.lock.newCondition();

	private volatile Fault present = Fault.OFF;

	private volatile double usualNanos;

	private volatile Duration leastDelay = LEAST_DELAY;

	Fault present() {
		return this.present;
	}

	/**
	 * Changes the fault.
	 * @param next what is wrong from now on
	 * @param delay how much slower a slow request is at least; {@code null} for 100 ms
	 */
	void change(Fault next, @Nullable Duration delay) {
		this.lock.lock();
		try {
			this.leastDelay = (delay != null) ? delay : LEAST_DELAY;
			this.present = next;
			this.changed.signalAll();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Notes what a request took. Of requests that end at once only one may count.
	 */
	void took(long nanos) {
		double usual = this.usualNanos;
		this.usualNanos = (usual == 0) ? nanos : usual + NEWEST * (nanos - usual);
	}

	/**
	 * How long a request must be held to take 20 times as long as usual.
	 */
	Duration slowness() {
		Duration delay = Duration.ofNanos((long) (this.usualNanos * (TIMES_SLOWER - 1)));
		return (delay.compareTo(this.leastDelay) > 0) ? delay : this.leastDelay;
	}

	/**
	 * Waits as long as this is the fault, and for the given time at most.
	 * @throws InterruptedException when the instance is stopped
	 */
	void hold(Fault fault, Duration most) throws InterruptedException {
		long left = most.toNanos();
		this.lock.lock();
		try {
			while (this.present == fault && left > 0) {
				left = this.changed.awaitNanos(left);
			}
		}
		finally {
			this.lock.unlock();
		}
	}

}
