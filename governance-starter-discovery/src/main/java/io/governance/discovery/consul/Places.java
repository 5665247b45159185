// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.consul;

import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The places of queries that wait at the agent. Who finds none is remembered in turn, and
 * whoever waited in vain hands its place over to the first of them. Thread-safe; the lock
 * guards all fields.
 */
final class Places {

	private final ReentrantLock lock = new ReentrantLock();

	private final Set<Object> looking = new LinkedHashSet<>();

	private final Set<Object> handedOver = new HashSet<>();

	private int free;

	Places(int maximum) {
		this.free = maximum;
	}

	/**
	 * Takes a place: one that was handed over, or a free one.
	 * @param watch who asks, the same each time
	 * @return whether there was one; if not, it is remembered
	 */
	boolean take(Object watch) {
		this.lock.lock();
		try {
			if (this.handedOver.remove(watch)) {
				return true;
			}
			if (this.free == 0) {
				this.looking.add(watch);
				return false;
			}
			this.free--;
			this.looking.remove(watch);
			return true;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Gives a place to the first who looks for one.
	 * @return whether there was one; if not, the place is kept
	 */
	boolean handOver() {
		this.lock.lock();
		try {
			Iterator<Object> first = this.looking.iterator();
			if (!first.hasNext()) {
				return false;
			}
			this.handedOver.add(first.next());
			first.remove();
			return true;
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Leaves a place to anyone. */
	void leave() {
		this.lock.lock();
		try {
			this.free++;
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Somebody ended, who may have been looking for a place, or handed one. */
	void forget(Object watch) {
		this.lock.lock();
		try {
			this.looking.remove(watch);
			this.free += this.handedOver.remove(watch) ? 1 : 0;
		}
		finally {
			this.lock.unlock();
		}
	}

}
