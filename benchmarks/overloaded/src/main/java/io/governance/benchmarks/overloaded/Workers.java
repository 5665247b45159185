// SPDX-License-Identifier: Apache-2.0

package io.governance.benchmarks.overloaded;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Works on a few calls at a time; the others wait in line. Thread-safe.
 */
final class Workers {

	private final Places places;

	/** Nobody ever finishes it. */
	private final Semaphore work = new Semaphore(0);

	private volatile int count;

	Workers(int count) {
		this.count = count;
		this.places = new Places(count);
	}

	void work(long nanos) throws InterruptedException {
		this.places.acquire();
		try {
			this.work.tryAcquire(nanos, TimeUnit.NANOSECONDS);
		}
		finally {
			this.places.release();
		}
	}

	/**
	 * From now on there are so many.
	 */
	synchronized void count(int next) {
		this.places.add(next - this.count);
		this.count = next;
	}

	/**
	 * The share of them that works.
	 */
	double busyShare() {
		return 1 - Math.max(0.0, this.places.availablePermits()) / this.count;
	}

	private static final class Places extends Semaphore {

		private static final long serialVersionUID = 1;

		Places(int count) {
			super(count, true);
		}

		void add(int more) {
			if (more < 0) {
				reducePermits(-more);
			}
			else {
				release(more);
			}
		}

	}

}
