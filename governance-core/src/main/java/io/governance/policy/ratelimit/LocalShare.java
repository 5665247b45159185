// SPDX-License-Identifier: Apache-2.0

package io.governance.policy.ratelimit;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

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

	private final long lent;

	private final AtomicLong emptyAt;

	private final LongAdder taken = new LongAdder();

	/**
	 * Creates a bucket.
	 * @param outage which absence of the store it is for
	 * @param interval between two permits, in nanoseconds
	 * @param capacity how many permits it has at most
	 * @param begin how many permits it begins with
	 * @param lent how many of these the store knows of
	 * @param now the time
	 */
	LocalShare(int outage, long interval, long capacity, long begin, long lent, long now) {
		this.outage = outage;
		this.interval = interval;
		this.depth = interval * capacity;
		this.lent = Math.min(lent, capacity);
		this.emptyAt = new AtomicLong(now - interval * Math.min(begin, capacity));
	}

	/**
	 * What follows this one when the store is given up before it ever answered: whole, as
	 * any bucket begins, less what was taken.
	 * @param next which absence it is for
	 * @param now the time
	 */
	LocalShare givenUp(int next, long now) {
		long used = this.taken.sum();
		long capacity = this.depth / this.interval;
		LocalShare share = new LocalShare(next, this.interval, capacity, Math.max(0, capacity - used), this.lent, now);
		share.taken.add(used);
		return share;
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
				this.taken.increment();
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

	/**
	 * What the store does not know was taken from it: no more than this instance's part
	 * of what it may have, for it has not made more meanwhile.
	 * @param kept how many of the permits made here are kept
	 */
	long owed(long kept) {
		return Math.max(0, Math.min(this.taken.sum() + kept - this.lent, this.depth / this.interval));
	}

	private long filled(long emptySince, long now) {
		return Math.min(this.depth, now - emptySince);
	}

}
