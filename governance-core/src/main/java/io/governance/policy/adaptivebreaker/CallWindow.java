// SPDX-License-Identifier: Apache-2.0

package io.governance.policy.adaptivebreaker;

import java.time.Duration;

/**
 * What became of the calls within the last {@value #BUCKETS} buckets of time, the current
 * one included. Buckets begin at multiples of their length from the first, so that their
 * edges do not drift. Moves when it is told the time, and never back.
 * <p>
 * A failing bucket had failures and no success, a working one the reverse; a run of them
 * is ended by a success or a failure, and not by buckets that had neither. What holds of
 * the buckets before the current one is worked out once per move: reading is constant.
 * Not thread-safe.
 */
final class CallWindow {

	static final int BUCKETS = 40;

	private final long bucketNanos;

	private final int[] successes = new int[BUCKETS];

	private final int[] failures = new int[BUCKETS];

	private final int[] drops = new int[BUCKETS];

	private int current;

	private long startedAt;

	private long successSum;

	private long failureSum;

	private long dropSum;

	private int failingBefore;

	private int workingBefore;

	CallWindow(Duration length, long now) {
		this.bucketNanos = length.toNanos() / BUCKETS;
		this.startedAt = now;
	}

	void moveTo(long now) {
		long ended = (now - this.startedAt) / this.bucketNanos;
		if (ended <= 0) {
			return;
		}
		this.startedAt += ended * this.bucketNanos;
		for (long i = Math.min(ended, BUCKETS); i > 0; i--) {
			this.current = (this.current + 1) % BUCKETS;
			clear(this.current);
		}
		countRuns();
	}

	private void clear(int bucket) {
		this.successSum -= this.successes[bucket];
		this.failureSum -= this.failures[bucket];
		this.dropSum -= this.drops[bucket];
		this.successes[bucket] = 0;
		this.failures[bucket] = 0;
		this.drops[bucket] = 0;
	}

	private void countRuns() {
		this.failingBefore = 0;
		this.workingBefore = 0;
		for (int i = 1; i < BUCKETS; i++) {
			int bucket = (this.current + i) % BUCKETS;
			this.failingBefore = run(this.failingBefore, this.failures[bucket], this.successes[bucket]);
			this.workingBefore = run(this.workingBefore, this.successes[bucket], this.failures[bucket]);
		}
	}

	/**
	 * The length of a run of one kind after a further bucket.
	 */
	private static int run(int before, int ofTheKind, int ofTheOther) {
		if (ofTheOther > 0) {
			return 0;
		}
		return (ofTheKind > 0) ? before + 1 : before;
	}

	void addSuccess() {
		this.successes[this.current]++;
		this.successSum++;
	}

	void addFailure() {
		this.failures[this.current]++;
		this.failureSum++;
	}

	void addDrop() {
		this.drops[this.current]++;
		this.dropSum++;
	}

	long accepts() {
		return this.successSum;
	}

	/**
	 * Calls of which the end is known.
	 */
	long ended() {
		return this.successSum + this.failureSum;
	}

	long drops() {
		return this.dropSum;
	}

	boolean isEmpty() {
		return ended() + this.dropSum == 0;
	}

	int failingBuckets() {
		return run(this.failingBefore, this.failures[this.current], this.successes[this.current]);
	}

	int workingBuckets() {
		return run(this.workingBefore, this.successes[this.current], this.failures[this.current]);
	}

}
