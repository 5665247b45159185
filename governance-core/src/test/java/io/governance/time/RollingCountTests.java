// SPDX-License-Identifier: Apache-2.0

package io.governance.time;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class RollingCountTests {

	private final ManualTimeSource time = new ManualTimeSource();

	private final RollingCount count = new RollingCount(this.time, 3);

	@Test
	void startsEmpty() {
		assertThat(this.count.sum()).isZero();
	}

	@Test
	void sumsTheSecondsOfTheWindow() {
		this.count.increment();
		this.time.advanceSeconds(1);
		this.count.increment();
		this.count.increment();
		this.time.advanceSeconds(1);
		this.count.increment();
		assertThat(this.count.sum()).isEqualTo(4);
		this.time.advanceSeconds(1);
		assertThat(this.count.sum()).isEqualTo(3);
		this.time.advanceSeconds(1);
		assertThat(this.count.sum()).isEqualTo(1);
		this.time.advanceSeconds(1);
		assertThat(this.count.sum()).isZero();
	}

	@Test
	void countsByALookAtTheClockThatWasTakenBefore() {
		long before = this.time.nanoTime();
		this.time.advanceSeconds(2);
		this.count.increment(before);
		assertThat(this.count.sum()).isEqualTo(1);
		this.time.advanceSeconds(1);
		assertThat(this.count.sum()).isZero();
		RollingCount later = new RollingCount(this.time, 3);
		later.increment(before);
		assertThat(later.sum()).isEqualTo(1);
	}

	@Test
	void secondEndsAfterItsLastNanosecond() {
		this.count.increment();
		this.time.advanceNanos(2_999_999_999L);
		assertThat(this.count.sum()).isEqualTo(1);
		this.time.advanceNanos(1);
		assertThat(this.count.sum()).isZero();
	}

	@Test
	void slotIsUsedAgainAfterALongPause() {
		this.count.increment();
		this.time.advanceSeconds(3 * 1_000_000);
		assertThat(this.count.sum()).isZero();
		this.count.increment();
		assertThat(this.count.sum()).isEqualTo(1);
	}

	@ParameterizedTest
	@ValueSource(longs = { Long.MIN_VALUE, -1, 0, 1, Long.MAX_VALUE - 1_500_000_000L })
	void originOfTheClockDoesNotMatter(long origin) {
		ManualTimeSource odd = new ManualTimeSource(origin);
		RollingCount counted = new RollingCount(odd, 3);
		counted.increment();
		odd.advanceSeconds(1);
		counted.increment();
		odd.advanceSeconds(1);
		assertThat(counted.sum()).isEqualTo(2);
		odd.advanceSeconds(1);
		assertThat(counted.sum()).isEqualTo(1);
	}

	@Test
	void takesBackWhereItWasCounted() {
		int second = this.count.increment();
		this.time.advanceSeconds(1);
		this.count.increment();
		this.count.takeBack(second);
		assertThat(this.count.sum()).isEqualTo(1);
		this.time.advanceSeconds(2);
		assertThat(this.count.sum()).isEqualTo(1);
		this.time.advanceSeconds(1);
		assertThat(this.count.sum()).isZero();
	}

	@Test
	void takesNothingBackFromTheSecondThatHasTheSlotNow() {
		int second = this.count.increment();
		this.time.advanceSeconds(3);
		this.count.increment();
		this.count.takeBack(second);
		assertThat(this.count.sum()).isEqualTo(1);
	}

	@Test
	void neverGoesBelowZero() {
		int second = this.count.increment();
		this.count.takeBack(second);
		this.count.takeBack(second);
		assertThat(this.count.sum()).isZero();
	}

	@Test
	void threadThatWasHeldUpForAWindowDoesNotWipeOutAnotherSecond() {
		LateClock late = new LateClock();
		RollingCount counted = new RollingCount(late, 3);
		late.now = Duration.ofSeconds(4).toNanos();
		counted.increment();
		counted.increment();
		late.now = Duration.ofSeconds(1).toNanos();
		counted.increment();
		late.now = Duration.ofSeconds(4).toNanos();
		assertThat(counted.sum()).isEqualTo(2);
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
