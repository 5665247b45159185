// SPDX-License-Identifier: Apache-2.0

package io.governance.lease;

/**
 * Asks the store for permits, and tells it how many are left of those that it has lent
 * before. The store lends so that what it keeps and what it has lent is never more than
 * the burst; it takes a holder that it does not know for one that has its reserve.
 *
 * @param bucket the name of the bucket; the same in all processes that share it
 * @param limit permits per period
 * @param periodMicros the period, in microseconds
 * @param burst how many permits there may be at most
 * @param reserve how many permits each process has, unless it said otherwise
 * @param instances how many processes share the bucket
 * @param held how many permits the holder has left
 * @param wanted how many it wants to have
 * @param owed how many permits it took that nobody had lent it
 * @param rejoining whether it made permits by itself, because the store was away: what it
 * owes is then taken out of a bucket that was kept only
 * @param known whether the store answered about this bucket so lately that it cannot have
 * dropped it: one that it does not have is lost then, not new
 */
public record LeaseRequest(String bucket, long limit, long periodMicros, long burst, long reserve, int instances,
		long held, long wanted, long owed, boolean rejoining, boolean known) {

	/** How long a holder may use what it was lent, from its request on: 2 s. */
	public static final long HELD_NANOS = 2_000_000_000L;

	/**
	 * How long the store counts what it has lent, from its answer on: 4 s. Longer, so
	 * that a holder that is late by a pause of its process uses nothing twice.
	 */
	public static final long LENT_NANOS = 2 * HELD_NANOS;

	/**
	 * How long an empty bucket takes to be full again.
	 * @return microseconds, rounded up
	 */
	public long fillMicros() {
		return (this.burst * this.periodMicros + this.limit - 1) / this.limit;
	}

}
