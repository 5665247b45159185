// SPDX-License-Identifier: Apache-2.0

package io.governance.policy.adaptivebreaker;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class CallWindowTests {

	/** Of a window of 10 s. */
	private static final long BUCKET = Duration.ofMillis(250).toNanos();

	private long now;

	private CallWindow window = new CallWindow(Duration.ofSeconds(10), 0);

	private void pass(long nanos) {
		this.now += nanos;
		this.window.moveTo(this.now);
	}

	private void successes(int count) {
		for (int i = 0; i < count; i++) {
			this.window.addSuccess();
		}
	}

	private void failures(int count) {
		for (int i = 0; i < count; i++) {
			this.window.addFailure();
		}
	}

	private void expect(long accepts, long ended) {
		assertThat(this.window.accepts()).isEqualTo(accepts);
		assertThat(this.window.ended()).isEqualTo(ended);
	}

	private void expectRuns(int failing, int working) {
		assertThat(this.window.failingBuckets()).as("failing").isEqualTo(failing);
		assertThat(this.window.workingBuckets()).as("working").isEqualTo(working);
	}

	@Test
	void countsWhatSucceeded() {
		successes(10);
		expect(10, 10);
	}

	@Test
	void countsWhatFailed() {
		failures(10);
		expect(0, 10);
	}

	@Test
	void countsBoth() {
		successes(5);
		failures(5);
		expect(5, 10);
	}

	@Test
	void countsDropsApart() {
		this.window.addDrop();
		this.window.addDrop();
		expect(0, 0);
		assertThat(this.window.drops()).isEqualTo(2);
		assertThat(this.window.isEmpty()).isFalse();
	}

	@ParameterizedTest
	@ValueSource(longs = { 40, 41, 79, 80, 1_000_000_007L })
	void forgetsAllWhenIdleForAWindow(long buckets) {
		successes(5);
		failures(5);
		this.window.addDrop();
		pass(buckets * BUCKET);
		expect(0, 0);
		assertThat(this.window.isEmpty()).isTrue();
		expectRuns(0, 0);
	}

	@Test
	void aBucketIsForgottenWhenItsPlaceIsNeeded() {
		successes(1);
		for (int i = 1; i < CallWindow.BUCKETS; i++) {
			pass(BUCKET);
			failures(1);
			expect(1, i + 1);
		}
		pass(BUCKET);
		expect(0, 39);
		pass(39 * BUCKET);
		expect(0, 0);
	}

	@Test
	void edgesOfBucketsDoNotDrift() {
		successes(1);
		// late each time, and never by a whole bucket
		pass(BUCKET + BUCKET / 2);
		failures(1);
		pass(BUCKET / 2 - 1);
		failures(1);
		expectRuns(1, 0);
		pass(1);
		failures(1);
		expectRuns(2, 0);
		pass(38 * BUCKET - 1);
		expect(1, 4);
		pass(1);
		expect(0, 3);
		pass(BUCKET - 1);
		expect(0, 3);
		pass(1);
		expect(0, 1);
		pass(BUCKET);
		expect(0, 0);
	}

	@Test
	void timeThatStandsStillOrGoesBackMovesNothing() {
		pass(5 * BUCKET);
		failures(3);
		pass(0);
		pass(-2 * BUCKET);
		expect(0, 3);
		pass(2 * BUCKET);
		expectRuns(1, 0);
	}

	@ParameterizedTest
	@ValueSource(longs = { Long.MIN_VALUE, -1, Long.MAX_VALUE - 1_000 })
	void originOfTheClockDoesNotMatter(long origin) {
		this.window = new CallWindow(Duration.ofSeconds(10), origin);
		this.now = origin;
		failures(3);
		pass(20 * BUCKET);
		successes(2);
		expect(2, 5);
		pass(20 * BUCKET);
		expect(2, 2);
	}

	@Test
	void failingBucketsAreTheNewestRunWithoutASuccess() {
		failures(1);
		pass(BUCKET);
		failures(4);
		expectRuns(2, 0);
		pass(BUCKET);
		successes(1);
		expectRuns(0, 1);
		pass(BUCKET);
		failures(1);
		expectRuns(1, 0);
		// a success beside failures ends the run too
		successes(1);
		expectRuns(0, 0);
	}

	@Test
	void workingBucketsAreTheNewestRunWithoutAFailure() {
		successes(1);
		pass(BUCKET);
		successes(1);
		expectRuns(0, 2);
		pass(BUCKET);
		expectRuns(0, 2);
		failures(1);
		expectRuns(1, 0);
		pass(BUCKET);
		successes(1);
		expectRuns(0, 1);
	}

	@Test
	void bucketsWithNeitherEndNoRun() {
		failures(1);
		pass(3 * BUCKET);
		this.window.addDrop();
		expectRuns(1, 0);
		pass(3 * BUCKET);
		failures(1);
		expectRuns(2, 0);
		pass(5 * BUCKET);
		expectRuns(2, 0);
		// the older one leaves the window
		pass(30 * BUCKET);
		expectRuns(1, 0);
	}

	@Test
	void runsCanBeAsLongAsTheWindow() {
		for (int i = 0; i < 100; i++) {
			pass(BUCKET);
			failures(1);
		}
		expectRuns(40, 0);
	}

}
