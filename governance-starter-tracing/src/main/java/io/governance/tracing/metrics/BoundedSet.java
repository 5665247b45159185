// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.metrics;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The first so many values that come, and no more. Thread-safe; asking for a value that
 * is there, or that there is no room for, is one look-up.
 *
 * @param <T> what is admitted
 */
public final class BoundedSet<T> {

	private final Map<T, Boolean> admitted = new ConcurrentHashMap<>();

	private final AtomicInteger size = new AtomicInteger();

	private final int limit;

	/**
	 * Creates one that has admitted nothing.
	 * @param limit how many values; 0 or less admits none
	 */
	public BoundedSet(int limit) {
		this.limit = limit;
	}

	/**
	 * Admits a value, while there is room.
	 * @param value the value
	 * @return whether it is one of the admitted ones
	 */
	public boolean admits(T value) {
		if (this.admitted.containsKey(value)) {
			return true;
		}
		if (!takePlace()) {
			return false;
		}
		if (this.admitted.putIfAbsent(value, Boolean.TRUE) != null) {
			this.size.decrementAndGet();
		}
		return true;
	}

	/**
	 * How many values were admitted.
	 */
	int size() {
		return this.size.get();
	}

	private boolean takePlace() {
		for (int taken = this.size.get(); taken < this.limit; taken = this.size.get()) {
			if (this.size.compareAndSet(taken, taken + 1)) {
				return true;
			}
		}
		return false;
	}

}
