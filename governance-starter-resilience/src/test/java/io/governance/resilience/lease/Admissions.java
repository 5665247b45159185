// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.lease;

import java.util.ArrayList;
import java.util.List;

/**
 * When calls were admitted, and how long they took to be decided. Thread-safe.
 */
final class Admissions {

	private final List<Long> admitted = new ArrayList<>();

	private final List<Long> took = new ArrayList<>();

	synchronized void add(boolean admission, long before, long after) {
		this.took.add(after - before);
		if (admission) {
			this.admitted.add(after);
		}
	}

	/**
	 * How many were admitted per second from one time to another.
	 */
	synchronized double rate(long from, long until) {
		return this.admitted.stream().filter((at) -> at >= from && at < until).count() * 1e9 / (until - from);
	}

	/**
	 * By how much some span has more than what the rate gives in it; never more than the
	 * burst, if the limit holds.
	 */
	synchronized double most(double perSecond) {
		List<Long> sorted = this.admitted.stream().sorted().toList();
		double most = 0;
		double lowest = Double.POSITIVE_INFINITY;
		for (int i = 0; i < sorted.size(); i++) {
			double ahead = i - perSecond * (sorted.get(i) - sorted.get(0)) / 1e9;
			lowest = Math.min(lowest, ahead);
			most = Math.max(most, ahead - lowest + 1);
		}
		return most;
	}

	/**
	 * How long a decision took of which all but one of a hundred took less; and begins
	 * anew.
	 */
	synchronized long tookNanos() {
		List<Long> sorted = this.took.stream().sorted().toList();
		this.took.clear();
		return sorted.get(sorted.size() * 99 / 100);
	}

}
