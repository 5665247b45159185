// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery;

import java.util.concurrent.atomic.AtomicBoolean;

import io.governance.time.TimeSource;

/**
 * An instance with this process's own experience of it. Carried from view to view as long
 * as the instance stays the same. Thread-safe.
 */
final class Endpoint {

	private final Instance instance;

	private final Runnable attemptCounter;

	private volatile boolean avoided;

	private volatile long avoidedUntilNanos;

	private final AtomicBoolean unreachable = new AtomicBoolean();

	Endpoint(Instance instance, Runnable attemptCounter) {
		this.instance = instance;
		this.attemptCounter = attemptCounter;
	}

	Instance instance() {
		return this.instance;
	}

	void countAttempt() {
		this.attemptCounter.run();
	}

	void avoidUntil(long nanos) {
		this.avoidedUntilNanos = nanos;
		this.avoided = true;
	}

	/**
	 * Whether it is news that no connection can be made.
	 */
	boolean becameUnreachable() {
		return this.unreachable.compareAndSet(false, true);
	}

	/**
	 * Whether it is news that connections were not refused for a while.
	 */
	boolean cameBack(long now, long calmNanos) {
		return this.unreachable.get() && now - this.avoidedUntilNanos >= calmNanos
				&& this.unreachable.compareAndSet(true, false);
	}

	/**
	 * Whether it is avoided at a point in time. Unlike the other it leaves no trace, so
	 * that watching has no part in what calls do.
	 */
	boolean isAvoidedAt(long now) {
		return this.avoided && now - this.avoidedUntilNanos < 0;
	}

	boolean isAvoided(TimeSource time) {
		if (!this.avoided) {
			return false;
		}
		if (time.nanoTime() - this.avoidedUntilNanos >= 0) {
			this.avoided = false;
			return false;
		}
		return true;
	}

}
