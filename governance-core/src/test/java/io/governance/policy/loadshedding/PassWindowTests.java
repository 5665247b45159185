// SPDX-License-Identifier: Apache-2.0

package io.governance.policy.loadshedding;

import io.governance.time.ManualTimeSource;
import io.governance.time.TimeSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

class PassWindowTests {

	private static final long BUCKET = PassWindow.BUCKET_NANOS;

	private final ManualTimeSource time = new ManualTimeSource();

	private final PassWindow window = new PassWindow(this.time, 10, BUCKET);

	private void add(int calls, long millis) {
		for (int i = 0; i < calls; i++) {
			this.window.add(millis);
		}
	}

	private void nextBucket() {
		this.time.advanceNanos(BUCKET);
	}

	@Test
	void startsWithWhatDropsNothing() {
		assertThat(this.window.best().maxPass()).isEqualTo(1);
		assertThat(this.window.best().minRtMillis()).isEqualTo(1_000);
		assertThat(this.window.maxFlight()).isEqualTo(10);
	}

	/** Nine finished buckets: 100, 200, ... 900 calls, of 5.5 ms, 15.5 ms, ... */
	@Test
	void workedExample() {
		for (int bucket = 0; bucket < 9; bucket++) {
			for (int millis = 1; millis <= 10; millis++) {
				add((bucket + 1) * 10, bucket * 10L + millis);
			}
			nextBucket();
		}
		assertThat(this.window.best().maxPass()).isEqualTo(900);
		assertThat(this.window.best().minRtMillis()).isEqualTo(6);
		assertThat(this.window.maxFlight()).isEqualTo(54);
	}

	@Test
	void bucketOfThePresentIsLeftOut() {
		add(100, 1);
		this.time.advanceNanos(BUCKET - 1);
		assertThat(this.window.best().maxPass()).isEqualTo(1);
		this.time.advanceNanos(1);
		assertThat(this.window.best().maxPass()).isEqualTo(100);
		assertThat(this.window.best().minRtMillis()).isEqualTo(1);
	}

	@Test
	void bucketLeavesWithTheWindow() {
		add(100, 5);
		this.time.advanceNanos(9 * BUCKET);
		assertThat(this.window.best().maxPass()).isEqualTo(100);
		nextBucket();
		assertThat(this.window.best().maxPass()).isEqualTo(1);
		assertThat(this.window.best().minRtMillis()).isEqualTo(1_000);
	}

	@Test
	void slotIsUsedAgainAfterALongPause() {
		add(100, 5);
		this.time.advanceNanos(10 * 1_000_000 * BUCKET);
		assertThat(this.window.maxFlight()).isEqualTo(10);
		add(7, 3);
		nextBucket();
		assertThat(this.window.best().maxPass()).isEqualTo(7);
		assertThat(this.window.best().minRtMillis()).isEqualTo(3);
	}

	@Test
	void callsThatTookLongerAllThroughTheWindowThanTheyOnceDidAreSlow() {
		add(10, 85);
		window(10, 100);
		assertThat(this.window.best().isSlow()).as("within the noise").isFalse();
		add(10, 40);
		window(10, 100);
		assertThat(this.window.best().isSlow()).isTrue();
		window(1, 40);
		assertThat(this.window.best().isSlow()).as("one bucket as before").isFalse();
	}

	@Test
	void whatOnceWasIsForgottenByHalfAPercentASecond() {
		add(10, 40);
		window(10, 100);
		// it was in the window for nine of eleven buckets
		assertThat(this.window.best().everRtMillis()).isCloseTo(40 * Math.pow(1.0005, 2), offset(1e-9));
		window(1_490, 100);
		assertThat(this.window.best().isSlow()).isTrue();
		window(20, 100);
		assertThat(this.window.best().isSlow()).isFalse();
	}

	@Test
	void aWindowWithoutCallsIsSlowUntilItHasSome() {
		assertThat(this.window.best().isSlow()).isTrue();
		add(10, 0);
		this.time.advanceNanos(10 * 1_000_000 * BUCKET);
		window(1, 7);
		assertThat(this.window.best().isSlow()).isFalse();
	}

	/** Buckets of ten calls each. */
	private void window(int buckets, long millis) {
		for (int bucket = 0; bucket < buckets; bucket++) {
			nextBucket();
			add(10, millis);
		}
		nextBucket();
	}

	@Test
	void edgesOfBucketsDoNotDrift() {
		this.time.advanceNanos(BUCKET - 1);
		add(3, 1);
		this.time.advanceNanos(1);
		add(5, 1);
		this.time.advanceNanos(BUCKET);
		assertThat(this.window.best().maxPass()).isEqualTo(5);
	}

	@Test
	void emptyBucketsSayNothingOfTheTime() {
		add(10, 2_000);
		this.time.advanceNanos(5 * BUCKET);
		assertThat(this.window.best().minRtMillis()).isEqualTo(2_000);
	}

	@Test
	void whatIsReadIsWorkedOutOncePerBucket() {
		add(10, 5);
		nextBucket();
		PassWindow.Best best = this.window.best();
		add(1_000, 5);
		assertThat(this.window.best()).isSameAs(best);
		nextBucket();
		assertThat(this.window.best()).isNotSameAs(best);
	}

	@ParameterizedTest
	@ValueSource(longs = { Long.MIN_VALUE, -1, 0, 1, Long.MAX_VALUE - 150_000_000L })
	void originOfTheClockDoesNotMatter(long origin) {
		ManualTimeSource odd = new ManualTimeSource(origin);
		PassWindow counted = new PassWindow(odd, 3, BUCKET);
		counted.add(4);
		odd.advanceNanos(BUCKET);
		counted.add(2);
		odd.advanceNanos(BUCKET);
		assertThat(counted.best().minRtMillis()).isEqualTo(2);
		odd.advanceNanos(2 * BUCKET);
		assertThat(counted.best().minRtMillis()).isEqualTo(1_000);
	}

	@Test
	void threadThatWasHeldUpForAWindowDoesNotWipeOutAnotherBucket() {
		LateClock late = new LateClock();
		PassWindow counted = new PassWindow(late, 3, BUCKET);
		late.now = 4 * BUCKET;
		counted.add(7);
		late.now = BUCKET;
		counted.add(1);
		late.now = 5 * BUCKET;
		assertThat(counted.best().maxPass()).isEqualTo(1);
		assertThat(counted.best().minRtMillis()).isEqualTo(7);
	}

	/** What a thread sees that read the clock and was then held up. */
	private static final class LateClock implements TimeSource {

		private long now;

		@Override
		public long nanoTime() {
			return this.now;
		}

		@Override
		public long epochMillis() {
			return 0;
		}

	}

}
