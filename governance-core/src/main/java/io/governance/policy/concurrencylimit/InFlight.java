// SPDX-License-Identifier: Apache-2.0

package io.governance.policy.concurrencylimit;

import java.util.concurrent.atomic.AtomicLong;

import io.governance.policy.Call.Priority;

/**
 * Calls in flight by priority, 21 bits each in one word: a call is let in, or not, by all
 * three counts as they were at one moment. Thread-safe without locks.
 */
final class InFlight {

	private static final int BITS = 21;

	private static final long MASK = (1L << BITS) - 1;

	private final AtomicLong counts = new AtomicLong();

	/**
	 * Lets a call in if there is room for it.
	 * @return how many are in flight then; 0 if there was no room
	 */
	int tryEnter(Priority priority, Room room) {
		while (true) {
			long now = this.counts.get();
			if (!hasPlace(now, priority, room)) {
				return 0;
			}
			if (this.counts.compareAndSet(now, now + one(priority))) {
				return total(now) + 1;
			}
		}
	}

	/**
	 * Whether there is room for a call.
	 */
	boolean hasPlace(Priority priority, Room room) {
		return hasPlace(this.counts.get(), priority, room);
	}

	private static boolean hasPlace(long counts, Priority priority, Room room) {
		return total(counts) < room.limit() || of(counts, priority) < room.of(priority);
	}

	void leave(Priority priority) {
		this.counts.addAndGet(-one(priority));
	}

	int total() {
		return total(this.counts.get());
	}

	int of(Priority priority) {
		return of(this.counts.get(), priority);
	}

	private static int total(long counts) {
		return (int) ((counts & MASK) + ((counts >>> BITS) & MASK) + ((counts >>> (2 * BITS)) & MASK));
	}

	private static int of(long counts, Priority priority) {
		return (int) ((counts >>> (priority.ordinal() * BITS)) & MASK);
	}

	private static long one(Priority priority) {
		return 1L << (priority.ordinal() * BITS);
	}

}
