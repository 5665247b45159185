// SPDX-License-Identifier: Apache-2.0

package io.governance.policy.fault;

import io.governance.time.RollingCount;
import io.governance.time.TimeSource;

/**
 * How many of the calls of the last minute met a fault. Whoever takes one counts it first
 * and gives it back if it is too many: calls at the same time get too few rather than too
 * many. Thread-safe.
 */
final class BlastRadius {

	private static final int SECONDS = 60;

	private static final double EVERY_CALL = 100;

	private final RollingCount seen;

	private final RollingCount hit;

	BlastRadius(TimeSource time) {
		this.seen = new RollingCount(time, SECONDS);
		this.hit = new RollingCount(time, SECONDS);
	}

	/**
	 * Counts a call that the rule is for.
	 */
	void see() {
		this.seen.increment();
	}

	/**
	 * Takes a fault for a call that was seen.
	 * @param maxShare the share of the calls that may meet one, in percent
	 * @return whether it may
	 */
	boolean tryHit(double maxShare) {
		// before the hits: a call in between makes it one too few
		long calls = this.seen.sum();
		int second = this.hit.increment();
		if (maxShare >= EVERY_CALL || this.hit.sum() * EVERY_CALL <= maxShare * calls) {
			return true;
		}
		this.hit.takeBack(second);
		return false;
	}

	String describe() {
		return this.hit.sum() + " of " + this.seen.sum();
	}

}
