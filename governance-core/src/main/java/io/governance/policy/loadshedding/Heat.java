// SPDX-License-Identifier: Apache-2.0

package io.governance.policy.loadshedding;

import io.governance.time.TimeSource;

/**
 * Whether a priority is too much for the process now, or was a moment ago. After a drop
 * the limit holds on for a second, so that what the drop made room for does not at once
 * come in again.
 */
final class Heat {

	/** 1 s. */
	static final long COOL_OFF_NANOS = 1_000_000_000L;

	private final TimeSource time;

	private volatile boolean dropped;

	private volatile long overloadedAt;

	Heat(TimeSource time) {
		this.time = time;
	}

	/**
	 * Looks.
	 * @param overloaded whether the CPU is too busy now
	 * @return whether the limit holds
	 */
	boolean isHot(boolean overloaded) {
		boolean hot = wouldBeHot(overloaded);
		if (overloaded) {
			this.overloadedAt = this.time.nanoTime();
		}
		else if (!hot && this.dropped) {
			this.dropped = false;
		}
		return hot;
	}

	/**
	 * Looks, without remembering what it saw.
	 */
	boolean wouldBeHot(boolean overloaded) {
		return overloaded || (this.dropped && this.time.nanoTime() - this.overloadedAt < COOL_OFF_NANOS);
	}

	/**
	 * A call was dropped.
	 */
	void dropped() {
		if (!this.dropped) {
			this.dropped = true;
		}
	}

}
