// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.dns;

import java.time.Duration;

/**
 * When DNS is asked again: after an answer when its time to live is over, but not before
 * the minimum and not after the maximum; after the n-th failure in a row after 250 ms,
 * doubled with each up to five seconds.
 *
 * @param minimum the shortest time after an answer
 * @param maximum the longest time after an answer
 */
record DnsPace(Duration minimum, Duration maximum) {

	private static final long FIRST_BACKOFF_MILLIS = 250;

	private static final long LONGEST_BACKOFF_MILLIS = 5000;

	private static final int MOST_DOUBLINGS = 5;

	long afterAnswer(long ttlSeconds) {
		long millis = (ttlSeconds > this.maximum.toSeconds()) ? this.maximum.toMillis() : ttlSeconds * 1000;
		return Math.max(this.minimum.toMillis(), Math.min(this.maximum.toMillis(), millis));
	}

	long afterFailures(int inARow) {
		return Math.min(LONGEST_BACKOFF_MILLIS, FIRST_BACKOFF_MILLIS << Math.min(inARow - 1, MOST_DOUBLINGS));
	}

}
