// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery;

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
