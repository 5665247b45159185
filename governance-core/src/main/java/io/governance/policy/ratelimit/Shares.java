// SPDX-License-Identifier: Apache-2.0

package io.governance.policy.ratelimit;

/**
 * How a limit is shared among instances.
 *
 * @param rate the limit
 * @param instances how many share it, 1 or more
 */
record Shares(Rate rate, int instances) {

	/** What is wanted is for this long. */
	static final long HORIZON_NANOS = 100_000_000L;

	private static final long SHORTEST_PAUSE = 10_000_000L;

	private static final long LONGEST_PAUSE = 250_000_000L;

	private static final long PAUSE_PER_INSTANCE = 1_000_000L;

	/**
	 * What each instance has at hand for a key that it has not seen lately: a quarter of
	 * the burst for all, and a permit for each at least if there are so many.
	 */
	long reserve() {
		return (this.rate.burst() < this.instances) ? 0 : Math.max(1, this.rate.burst() / (4L * this.instances));
	}

	/**
	 * What an instance asks for at least, and keeps though no call takes it: its reserve.
	 * One where there are too few for all to have one, else a call that comes seldom
	 * would never find what was lent because of the one before.
	 */
	long kept() {
		return Math.max(1, reserve());
	}

	/**
	 * What an instance may ask for at most: its share of what the limit gives in a
	 * second, but no more than the burst.
	 */
	long most() {
		double second = 1e9 * this.rate.limit() / this.rate.per().toNanos();
		return Math.max(kept(), (long) Math.min(this.rate.burst(), Math.ceil(second / this.instances)));
	}

	/**
	 * Between two requests for the same key, so that the store's work does not grow with
	 * the square of the number of instances.
	 */
	long pauseNanos() {
		return Math.min(LONGEST_PAUSE, Math.max(SHORTEST_PAUSE, this.instances * PAUSE_PER_INSTANCE));
	}

	/**
	 * Admits this instance's share without the store, beginning with what that has lent.
	 */
	LocalShare alone(int outage, long lent, long now) {
		long interval = (this.rate.per().toNanos() * this.instances + this.rate.limit() - 1) / this.rate.limit();
		return new LocalShare(outage, interval, Math.max(1, this.rate.burst() / this.instances), lent, lent, now);
	}

}
