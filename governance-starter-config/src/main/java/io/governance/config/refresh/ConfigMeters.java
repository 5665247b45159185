// SPDX-License-Identifier: Apache-2.0

package io.governance.config.refresh;

import java.util.concurrent.atomic.LongAdder;

/**
 * What became of fetched sets, counted. Thread-safe.
 */
public final class ConfigMeters {

	private final LongAdder taken = new LongAdder();

	private final LongAdder refused = new LongAdder();

	private final LongAdder unreachable = new LongAdder();

	private final LongAdder unserved = new LongAdder();

	void taken() {
		this.taken.increment();
	}

	void refused() {
		this.refused.increment();
	}

	void failed(boolean reached) {
		(reached ? this.unserved : this.unreachable).increment();
	}

	/**
	 * Sets that were put in force after the start.
	 * @return a count
	 */
	public long takenCount() {
		return this.taken.sum();
	}

	/**
	 * Sets that this service refused.
	 * @return a count
	 */
	public long refusedCount() {
		return this.refused.sum();
	}

	/**
	 * Requests that no server answered.
	 * @return a count
	 */
	public long unreachableCount() {
		return this.unreachable.sum();
	}

	/**
	 * Requests that the server answered with an error.
	 * @return a count
	 */
	public long unservedCount() {
		return this.unserved.sum();
	}

}
