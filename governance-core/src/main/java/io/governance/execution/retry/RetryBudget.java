// SPDX-License-Identifier: Apache-2.0

package io.governance.execution.retry;

import io.governance.time.RollingCount;
import io.governance.time.TimeSource;

/**
 * Keeps retries to a share of the calls, after Finagle's retry budget: within the last
 * ten seconds, in steps of a second, there may be
 * {@code ratio * calls + minPerSecond * 10} retries. What is not used within the window
 * is lost. Thread-safe without locks.
 */
final class RetryBudget {

	static final int WINDOW_SECONDS = 10;

	private final double ratio;

	private final double reserve;

	private final RollingCount calls;

	private final RollingCount retries;

	RetryBudget(Budget budget, TimeSource time) {
		this.ratio = budget.ratio();
		this.reserve = (double) budget.minPerSecond() * WINDOW_SECONDS;
		this.calls = new RollingCount(time, WINDOW_SECONDS);
		this.retries = new RollingCount(time, WINDOW_SECONDS);
	}

	void recordCall(long nowNanos) {
		this.calls.increment(nowNanos);
	}

	/**
	 * Takes one retry from the budget.
	 * @return whether there was one; taken first and given back if not, so that
	 * concurrent takers can never exceed the budget
	 */
	boolean tryTake() {
		int second = this.retries.increment();
		if (this.retries.sum() <= allowed()) {
			return true;
		}
		this.retries.takeBack(second);
		return false;
	}

	private double allowed() {
		return this.ratio * this.calls.sum() + this.reserve;
	}

	long available() {
		return Math.max(0, (long) (allowed() - this.retries.sum()));
	}

}
