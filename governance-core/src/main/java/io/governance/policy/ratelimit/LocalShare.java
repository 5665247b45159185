// SPDX-License-Identifier: Apache-2.0

package io.governance.policy.ratelimit;

import java.util.concurrent.atomic.AtomicLong;

/**
 * What one instance may admit while the store is away: a bucket of which only the time is
 * kept at which it was empty, in whole nanoseconds, so that nothing is lost or gained by
 * rounding. Thread-safe.
 */
final class LocalShare {

	private static final long NEVER = Long.MAX_VALUE / 4;

	private final int outage;

	private final long interval;

	private final long depth;

	private final AtomicLong emptyAt;

	/**
	 * Creates a bucket.
	 * @param outage which absence of the store it is for
	 * @param interval between two permits, in nanoseconds
	 * @param capacity how many permits it has at most
	 * @param held how many permits it begins with
	 * @param now the time
	 */
	LocalShare(int outage, long interval, long capacity, long held, long now) {
		this.outage = outage;
		this.interval = interval;
		this.depth = interval * capacity;
		this.emptyAt = new AtomicLong(now - interval * Math.min(held, capacity));
	}

	int outage() {
		return this.outage;
	}

	boolean tryTake(long now) {
		while (true) {
			long before = this.emptyAt.get();
			long filled = filled(before, now);
			if (filled < this.interval) {
				return false;
			}
			if (this.emptyAt.compareAndSet(before, now - filled + this.interval)) {
				return true;
			}
		}
	}

	long available(long now) {
		return Math.max(0, filled(this.emptyAt.get(), now)) / this.interval;
	}

	long nanosToNext(long now) {
		return Math.min(this.interval, Math.max(1, this.interval - filled(this.emptyAt.get(), now)));
	}

	/**
	 * Takes all permits, and makes none any more.
	 */
	long takeAll(long now) {
		return Math.max(0, filled(this.emptyAt.getAndSet(now + NEVER), now)) / this.interval;
	}

	private long filled(long emptySince, long now) {
		return Math.min(this.depth, now - emptySince);
	}

}
