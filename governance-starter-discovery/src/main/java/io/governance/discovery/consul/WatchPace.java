// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.consul;

import java.util.concurrent.TimeUnit;

import io.governance.time.TimeSource;

/**
 * How long a watch rests between queries. After a failure: from a quarter of a second,
 * doubled up to five seconds. After an answer: not at all, as long as answers are rare.
 * Ten may come in a row, and two a second without end; beyond that the watch rests half a
 * second, so that constant churn cannot make a busy loop of it.
 */
final class WatchPace {

	static final long FIRST_BACKOFF_MILLIS = 250;

	static final long LONGEST_BACKOFF_MILLIS = 5000;

	static final long CHURN_MILLIS = 500;

	private static final int BURST = 10;

	private final TimeSource time;

	private long backoff = FIRST_BACKOFF_MILLIS;

	private long budgetMillis = BURST * CHURN_MILLIS;

	private long lastNanos;

	WatchPace(TimeSource time) {
		this.time = time;
		this.lastNanos = time.nanoTime();
	}

	long afterFailure() {
		long rest = this.backoff;
		this.backoff = Math.min(LONGEST_BACKOFF_MILLIS, this.backoff * 2);
		return rest;
	}

	long afterAnswer() {
		this.backoff = FIRST_BACKOFF_MILLIS;
		long now = this.time.nanoTime();
		long passed = TimeUnit.NANOSECONDS.toMillis(now - this.lastNanos);
		this.lastNanos = now;
		this.budgetMillis = Math.min(BURST * CHURN_MILLIS, this.budgetMillis + passed) - CHURN_MILLIS;
		if (this.budgetMillis >= 0) {
			return 0;
		}
		this.budgetMillis = Math.max(this.budgetMillis, -CHURN_MILLIS);
		return CHURN_MILLIS;
	}

}
