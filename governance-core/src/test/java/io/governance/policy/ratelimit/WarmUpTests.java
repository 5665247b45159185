// SPDX-License-Identifier: Apache-2.0

package io.governance.policy.ratelimit;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class WarmUpTests {

	/** 100 a second, 10 s: the interval is 10 ms. */
	private final WarmUp warmUp = of(100, Duration.ofSeconds(10));

	private static WarmUp of(long perSecond, Duration warmUp) {
		return WarmUp.of(new Rate(perSecond, Duration.ofSeconds(1), perSecond, warmUp, Duration.ZERO));
	}

	/** By Guava's and Sentinel's formulas: warningToken 500, maxToken 1000. */
	@Test
	void constantsAreThoseOfTheSources() {
		assertThat(this.warmUp.interval()).isEqualTo(10_000_000);
		assertThat(this.warmUp.threshold()).isEqualTo(500);
		assertThat(this.warmUp.coldest()).isEqualTo(1_000);
		assertThat(this.warmUp.slope()).isEqualTo(40_000);
		assertThat(this.warmUp.storing()).isEqualTo(10_000_000);
	}

	@ParameterizedTest(name = "{0} stored: {1} ns")
	@CsvSource(textBlock = """
			1000,  29980000
			999,   29940000
			750,   19980000
			501,   10020000
			500.5, 10005000
			500,   10000000
			499,   10000000
			1,     10000000
			0,     10000000
			""")
	void colderCallsTakeLonger(double stored, long nanos) {
		assertThat(this.warmUp.nanosOf(stored)).isEqualTo(nanos);
	}

	@ParameterizedTest(name = "{0} after {1} ms: {2}")
	@CsvSource(textBlock = """
			0,    0,       0
			0,    10,      1
			0,    5000,    500
			0,    10000,   1000
			0,    1000000, 1000
			400,  1500,    550
			1000, 1,       1000
			""")
	void pausesStorePermitsAtTheFullRate(double stored, long millis, double expected) {
		assertThat(this.warmUp.paused(stored, Duration.ofMillis(millis).toNanos())).isCloseTo(expected, within(1e-9));
	}

	@ParameterizedTest
	@CsvSource({ "1000, 999", "1, 0", "0.5, 0", "0, 0" })
	void callsUseThemUp(double stored, double expected) {
		assertThat(this.warmUp.used(stored)).isEqualTo(expected);
	}

	@ParameterizedTest(name = "{0} per second, {1}")
	@CsvSource({ "100, PT10S", "1000, PT10S", "50, PT1M", "7, PT3S", "1000000, PT1S", "10, PT1H" })
	void underFullLoadTheWayFromColdestToTheThresholdTakesTheTime(long perSecond, Duration time) {
		WarmUp any = of(perSecond, time);
		double stored = any.coldest();
		double taken = 0;
		while (stored >= any.threshold() + 1) {
			taken += any.nanosOf(stored);
			stored = any.used(stored);
		}
		// the last call reaches over the threshold
		assertThat(taken).isCloseTo(time.toNanos(), within(2 * any.interval() + time.toNanos() / 1e3));
		assertThat(any.nanosOf(any.coldest())).isBetween((long) (2 * any.interval()), (long) (3 * any.interval()));
	}

	@ParameterizedTest(name = "after {0} of the time: {1} of the rate")
	@CsvSource({ "0, 0.3333", "0.25, 0.3780", "0.5, 0.4472", "0.75, 0.5774", "0.9, 0.7454", "1, 1" })
	void rateGrowsAsTheFormulaSays(double share, double rate) {
		WarmUp fine = of(10_000, Duration.ofSeconds(10));
		double stored = fine.coldest();
		for (double taken = 0; taken < share * 1e10; taken += fine.nanosOf(stored)) {
			stored = fine.used(stored);
		}
		assertThat(fine.interval() / fine.nanosOf(stored)).isCloseTo(rate, within(0.005));
	}

	@ParameterizedTest
	@CsvSource({ "1, PT24H, PT1S", "1, PT24H, PT1H", "3, PT1S, PT1S" })
	void fewCallsInTheTimeMakeNoNonsense(long limit, Duration per, Duration time) {
		WarmUp slow = WarmUp.of(new Rate(limit, per, 1, time, Duration.ZERO));
		long interval = (long) slow.interval();
		assertThat(slow.coldest()).isGreaterThan(slow.threshold());
		assertThat(slow.nanosOf(slow.coldest())).isBetween(interval, 3 * interval);
		assertThat(slow.paused(0, time.toNanos())).isCloseTo(slow.coldest(), within(1e-9));
	}

	@Test
	void withoutWarmUpAllCallsTakeTheSame() {
		WarmUp none = of(3, Duration.ZERO);
		assertThat(none.coldest()).isZero();
		assertThat(none.paused(0, Long.MAX_VALUE)).isZero();
		assertThat(none.nanosOf(0)).isEqualTo(333_333_334);
		assertThat(none.used(0)).isZero();
	}

}
