// SPDX-License-Identifier: Apache-2.0

package io.governance.policy.loadshedding;

import io.governance.policy.Call.Priority;

/**
 * How many calls of a priority may be in flight. While calls take no longer than they
 * can: as many as the process works on at a time when it does its best. When they take
 * longer, others wait, and how many go depends on how busy the CPU is (after go-zero's
 * adaptive shedder):
 *
 * <pre>
 * overload factor = (1 - cpu) / (1 - threshold), 0.1 at least, 1 at most
 * limit           = max flight * overload factor
 * </pre>
 *
 * A priority moves the threshold, and so the limit. Critical calls have half of the room
 * above the threshold, and so twice the limit of others; sheddable calls have half as
 * much room again, and so two thirds. The least factor and the least limit are in the
 * same proportion, so that what matters less goes first though the CPU is at its end.
 *
 * @param threshold the CPU load from which calls are dropped, 0 to 1
 * @param share the limit of this priority as a share of that of others
 * @param minLimit the least limit
 */
record Limits(double threshold, double share, double minLimit) {

	private static final double LEAST_FACTOR = 0.1;

	/**
	 * The limits of a priority.
	 */
	static Limits of(LoadSheddingRule rule, Priority priority) {
		double room = switch (priority) {
			case CRITICAL -> 0.5;
			case DEFAULT -> 1;
			case SHEDDABLE -> 1.5;
		};
		// in percent, where halves are exact
		double threshold = (100 - (100 - rule.cpuThreshold()) * room) / 100;
		return new Limits(threshold, 1 / room, rule.minLimit() / room);
	}

	/**
	 * The best number of calls in flight.
	 * @param maxPass the most calls that were answered in a bucket
	 * @param minRtMillis the least time that calls took, in milliseconds
	 * @param bucketNanos the width of a bucket
	 * @return calls, 1 or more
	 */
	static double maxFlight(long maxPass, double minRtMillis, long bucketNanos) {
		return Math.max(1, maxPass * minRtMillis * 1_000_000 / bucketNanos);
	}

	/**
	 * Whether the process is too busy for this priority.
	 * @param cpu the CPU load; never when it is unknown
	 */
	boolean isOverloaded(double cpu) {
		return cpu >= this.threshold;
	}

	/**
	 * The limit while no call waits.
	 * @param maxFlight the best number of calls in flight
	 * @return calls in flight
	 */
	double whole(double maxFlight) {
		return Math.max(this.minLimit, maxFlight * this.share);
	}

	/**
	 * The limit while calls wait.
	 * @param maxFlight the best number of calls in flight
	 * @param cpu the CPU load
	 * @return calls in flight; {@link Double#NaN} when the load is unknown
	 */
	double limit(double maxFlight, double cpu) {
		return Math.max(this.minLimit, maxFlight * overloadFactor(cpu));
	}

	private double overloadFactor(double cpu) {
		double factor = (1 - cpu) / (1 - this.threshold);
		return Math.min(1, Math.max(LEAST_FACTOR * this.share, factor));
	}

}
