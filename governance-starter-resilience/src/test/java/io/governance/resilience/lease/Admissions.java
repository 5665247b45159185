// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.lease;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

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
	 * What happened from a time until now, for the report: the calls of which half, and
	 * of which all but one of a hundred, were decided sooner.
	 */
	synchronized Part part(String name, long from, long until) {
		List<Long> sorted = this.took.stream().sorted().toList();
		this.took.clear();
		return new Part(name, rate(from, until), sorted.size() * 1e9 / (until - from), sorted.get(sorted.size() / 2),
				sorted.get(sorted.size() * 99 / 100));
	}

	/**
	 * A part of a run.
	 *
	 * @param name what it is called
	 * @param admitted how many calls were admitted per second
	 * @param calls how many were made per second
	 * @param medianNanos how long the median decision took
	 * @param p99Nanos how long it took at the 99th percentile
	 */
	record Part(String name, double admitted, double calls, long medianNanos, long p99Nanos) {

		/** What a decision takes on a busy machine whatever it does. */
		private static final double MEDIAN_FLOOR = 20_000;

		private static final double P99_FLOOR = 1_000_000;

		double medianRatio(Part first) {
			return Math.max(MEDIAN_FLOOR, this.medianNanos) / Math.max(MEDIAN_FLOOR, first.medianNanos);
		}

		double p99Ratio(Part first) {
			return Math.max(P99_FLOOR, this.p99Nanos) / Math.max(P99_FLOOR, first.p99Nanos);
		}

		@Override
		public String toString() {
			return String.format(Locale.ROOT,
					"%-18s %8.1f of %8.1f calls/s admitted, decided in %7.1f us (p50) %8.1f us (p99)", this.name,
					this.admitted, this.calls, this.medianNanos / 1e3, this.p99Nanos / 1e3);
		}

	}

}
