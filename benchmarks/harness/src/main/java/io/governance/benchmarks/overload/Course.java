// SPDX-License-Identifier: Apache-2.0

package io.governance.benchmarks.overload;

import java.util.Arrays;
import java.util.List;

import io.governance.benchmarks.load.LoadResult;

/**
 * What a service did.
 *
 * @param name with what
 * @param whole what it can do, in calls a second
 * @param half what it can do when it works half as fast
 * @param phases what was asked of it, in order
 */
record Course(String name, double whole, double half, List<Phase> phases) {

	/**
	 * After a change, seconds that are not counted: the least time in which it can be
	 * seen.
	 */
	private static final int SETTLING = 3;

	private static final double LATE = 99;

	static String table(List<Course> courses) {
		StringBuilder table = new StringBuilder(
				"| | asked for | done in time, whole | done in time, halved | p99 of the answered, ms | refused |\n|---|---|---|---|---|---|\n");
		for (Course course : courses) {
			for (Phase phase : course.phases) {
				LoadResult result = phase.result();
				table.append("| %s | %d times | %.0f %% | %.0f %% | %,.0f | %,d |%n".formatted(course.name,
						phase.times(), 100 * phase.first() / course.whole, 100 * phase.second() / course.half,
						result.millis(LATE), result.failed()));
			}
		}
		return table.toString();
	}

	/**
	 * A rate, for a while.
	 *
	 * @param times of what the service can do
	 * @param result what was measured
	 */
	record Phase(int times, LoadResult result) {

		/** Calls a second that were done in time before the middle. */
		double first() {
			return mean(SETTLING, this.result.inTime().length / 2);
		}

		/** And after it. */
		double second() {
			return mean(this.result.inTime().length / 2 + SETTLING, this.result.inTime().length);
		}

		private double mean(int from, int to) {
			return Arrays.stream(this.result.inTime(), from, to).average().orElseThrow();
		}

	}

}
