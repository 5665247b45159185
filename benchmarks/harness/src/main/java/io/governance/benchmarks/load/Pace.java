// SPDX-License-Identifier: Apache-2.0

package io.governance.benchmarks.load;

/**
 * When requests start.
 *
 * @param intervalNanos time between two intended starts; 0 for a closed loop, where a
 * connection starts its next request when it has the answer to the last one
 */
public record Pace(long intervalNanos) {

	/** As fast as answers come. */
	public static final Pace CLOSED = new Pace(0);

	private static final long SECOND = 1_000_000_000L;

	/**
	 * A fixed rate that does not wait for answers.
	 * @param perSecond requests per second, 1 or more
	 * @return the pace
	 */
	public static Pace open(double perSecond) {
		if (!(perSecond >= 1)) {
			throw new IllegalArgumentException("perSecond: " + perSecond + " (expected: 1 or more)");
		}
		return new Pace((long) (SECOND / perSecond));
	}

	boolean isClosed() {
		return this.intervalNanos == 0;
	}

}
