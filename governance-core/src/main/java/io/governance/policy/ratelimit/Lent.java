// SPDX-License-Identifier: Apache-2.0

package io.governance.policy.ratelimit;

import java.util.concurrent.atomic.AtomicLong;

import io.governance.lease.LeaseRequest;

/**
 * The permits that an instance holds, and how long it may use them. Thread-safe.
 */
final class Lent {

	private final AtomicLong permits;

	private volatile boolean ends;

	private volatile long endsAt;

	Lent(long permits) {
		this.permits = new AtomicLong(permits);
	}

	/**
	 * Takes a permit.
	 * @return how many are left; negative when there was none
	 */
	long take() {
		while (true) {
			long before = this.permits.get();
			if (before <= 0) {
				return -1;
			}
			if (this.permits.compareAndSet(before, before - 1)) {
				return before - 1;
			}
		}
	}

	long permits() {
		return this.permits.get();
	}

	/**
	 * Whether they were lent too long ago, or by a store that has been away since.
	 */
	boolean isOver(long now, long answeringSince) {
		long end = this.endsAt;
		return this.ends && (now - end > 0 || end - LeaseRequest.HELD_NANOS - answeringSince < 0);
	}

	/**
	 * Gives up what is more than an instance keeps.
	 */
	void end(long kept) {
		// first, so that a grant that comes now keeps its end
		this.ends = false;
		this.permits.accumulateAndGet(kept, Math::min);
	}

	/**
	 * Adds permits, and has all of them end some time after the request for these.
	 */
	void add(long granted, long requestedAt) {
		this.endsAt = requestedAt + LeaseRequest.HELD_NANOS;
		this.ends = true;
		this.permits.addAndGet(granted);
	}

	long takeAll() {
		return this.permits.getAndSet(0);
	}

}
