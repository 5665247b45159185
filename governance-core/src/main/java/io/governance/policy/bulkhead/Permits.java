// SPDX-License-Identifier: Apache-2.0

package io.governance.policy.bulkhead;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;

import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;

/**
 * Resilience4j's bulkhead, made smaller without a wait: its own way is to wait for calls
 * to end, and one that hangs would hold the change of all rules. Here it stays as large
 * as it was, and what is too much is taken from it: at once where it is free, else as
 * calls give it back. Thread-safe.
 */
final class Permits {

	private final Bulkhead bulkhead;

	private final ReentrantLock resizing = new ReentrantLock();

	/** Permits that are not to come back when they are released. */
	private final AtomicInteger owed = new AtomicInteger();

	private volatile int max;

	Permits(String name, int max) {
		this.bulkhead = Bulkhead.of(name, config(max));
		this.max = max;
	}

	private static BulkheadConfig config(int max) {
		return BulkheadConfig.custom().maxConcurrentCalls(max).writableStackTraceEnabled(false).build();
	}

	boolean tryAcquire() {
		return this.bulkhead.tryAcquirePermission();
	}

	void release() {
		if (!payOne()) {
			this.bulkhead.releasePermission();
		}
	}

	private boolean payOne() {
		int debt = this.owed.get();
		while (debt > 0 && !this.owed.compareAndSet(debt, debt - 1)) {
			debt = this.owed.get();
		}
		return debt > 0;
	}

	/**
	 * Changes how many there are. Those that are out stay out.
	 */
	void resize(int wanted) {
		this.resizing.lock();
		try {
			int more = wanted - this.max;
			if (more < 0) {
				this.owed.addAndGet(-more);
				this.max = wanted;
				takeWhatIsFree();
			}
			else {
				grow(more);
				this.max = wanted;
			}
		}
		finally {
			this.resizing.unlock();
		}
	}

	private void takeWhatIsFree() {
		while (this.owed.get() > 0 && this.bulkhead.tryAcquirePermission()) {
			if (!payOne()) {
				this.bulkhead.releasePermission();
			}
		}
	}

	private void grow(int more) {
		int left = more;
		while (left > 0 && payOne()) {
			left--;
		}
		int capacity = this.bulkhead.getBulkheadConfig().getMaxConcurrentCalls();
		// nothing is owed any more when some are left: what was taken can come back
		int taken = (left > 0) ? capacity - (this.max + more - left) : 0;
		for (int i = 0; i < Math.min(left, taken); i++) {
			this.bulkhead.releasePermission();
		}
		if (left > taken) {
			this.bulkhead.changeConfig(config(capacity + left - taken));
		}
	}

	/**
	 * How many are out; for a moment wrong while the number changes.
	 */
	int used() {
		return Math.max(0, this.max + this.owed.get() - this.bulkhead.getMetrics().getAvailableConcurrentCalls());
	}

}
