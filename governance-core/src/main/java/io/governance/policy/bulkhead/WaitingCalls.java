// SPDX-License-Identifier: Apache-2.0

package io.governance.policy.bulkhead;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

/**
 * The calls that wait for one bulkhead, oldest first. Whoever takes a call out settles
 * it, and nobody else. The lock is held for the moves alone, and taken only by calls that
 * wait, by what settles them, and never where nothing waits. Thread-safe.
 */
final class WaitingCalls {

	private final ReentrantLock lock = new ReentrantLock();

	private final Set<WaitingCall> calls = new LinkedHashSet<>();

	private volatile int count;

	int count() {
		return this.count;
	}

	/**
	 * How many are left without those at the head that have waited for long enough.
	 */
	int countInTime(long now) {
		this.lock.lock();
		try {
			return (int) this.calls.stream().dropWhile((call) -> call.isLate(now)).count();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Takes a call in, if fewer than so many wait.
	 */
	boolean add(WaitingCall call, int max) {
		this.lock.lock();
		try {
			if (this.calls.size() >= max) {
				return false;
			}
			this.calls.add(call);
			this.count = this.calls.size();
			return true;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Takes a call out.
	 * @return whether it was in
	 */
	boolean remove(WaitingCall call) {
		this.lock.lock();
		try {
			boolean removed = this.calls.remove(call);
			this.count = this.calls.size();
			return removed;
		}
		finally {
			this.lock.unlock();
		}
	}

	@Nullable WaitingCall removeOldest() {
		List<WaitingCall> oldest = removeWhile((call) -> true, 1);
		return oldest.isEmpty() ? null : oldest.get(0);
	}

	/**
	 * Takes out those at the head that have waited for long enough.
	 */
	List<WaitingCall> removeLate(long now) {
		return removeWhile((call) -> call.isLate(now), Integer.MAX_VALUE);
	}

	private List<WaitingCall> removeWhile(Predicate<WaitingCall> condition, int most) {
		List<WaitingCall> removed = new ArrayList<>();
		this.lock.lock();
		try {
			Iterator<WaitingCall> oldestFirst = this.calls.iterator();
			while (removed.size() < most && oldestFirst.hasNext()) {
				WaitingCall oldest = oldestFirst.next();
				if (!condition.test(oldest)) {
					break;
				}
				oldestFirst.remove();
				removed.add(oldest);
			}
			this.count = this.calls.size();
			return removed;
		}
		finally {
			this.lock.unlock();
		}
	}

}
