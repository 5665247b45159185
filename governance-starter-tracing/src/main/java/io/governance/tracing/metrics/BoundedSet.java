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
final class BoundedSet<T> {

	private final Map<T, Boolean> admitted = new ConcurrentHashMap<>();

	private final AtomicInteger size = new AtomicInteger();

	private final int limit;

	BoundedSet(int limit) {
		this.limit = limit;
	}

	boolean admits(T value) {
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

	private boolean takePlace() {
		for (int taken = this.size.get(); taken < this.limit; taken = this.size.get()) {
			if (this.size.compareAndSet(taken, taken + 1)) {
				return true;
			}
		}
		return false;
	}

}
