// SPDX-License-Identifier: Apache-2.0

package io.governance.policy.concurrencylimit;

import java.util.concurrent.TimeUnit;

import io.governance.policy.concurrencylimit.Window.Sample;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class Gradient2Tests {

	private static final double MILLI = TimeUnit.MILLISECONDS.toNanos(1);

	/** A usual time that one window hardly moves. */
	private static final String STABLE = "long-window=100000";

	private static final ConcurrencyLimitRule RULE = LimitTestBed.rule(STABLE);

	private static final ConcurrencyLimitRule ORIGINAL = LimitTestBed.rule(STABLE, "grow-only-when-steady=false");

	private static Gradient2 estimate(double limit, double usualMillis) {
		return new Gradient2(limit, usualMillis * MILLI, usualMillis * MILLI, 100_000);
	}

	private static Sample busy(double millis) {
		return new Sample(millis * MILLI, 100, 0, 1_000);
	}

	@ParameterizedTest(name = "short {0}: {1}, or {2} where the limit grows only when steady")
	@CsvSource({ "10, 100.8, 100.8", "15, 100.8, 100.8", "20, 95.8, 95.0", "60, 90.8, 90.0" })
	void oneStepFromALimitOf100AndAUsualTimeOf10(double millis, double original, double whenSteady) {
		Gradient2 estimate = estimate(100, 10);
		assertThat(estimate.next(busy(millis), ORIGINAL).limit()).isEqualTo(original, within(0.01));
		assertThat(estimate.next(busy(millis), RULE).limit()).isEqualTo(whenSteady, within(0.01));
	}

	@Test
	void aModerateOverloadShrinksTheLimitWhichTheQueueOfTheOriginalUndoes() {
		Gradient2 original = estimate(20, 8);
		Gradient2 mended = estimate(20, 8);
		for (int i = 0; i < 5; i++) {
			original = original.next(busy(15), ORIGINAL);
			mended = mended.next(busy(15), RULE);
		}
		assertThat(original.limit()).isEqualTo(20, within(0.01));
		assertThat(mended.limit()).isEqualTo(20 * Math.pow(0.96, 5), within(0.01));
	}

	@Test
	void dropsAreTheSteepestGradient() {
		Sample dropped = new Sample(10 * MILLI, 90, 10, 1_000);
		assertThat(estimate(100, 10).next(dropped, RULE).limit()).isEqualTo(90, within(0.01));
		assertThat(estimate(100, 10).next(dropped, ORIGINAL).limit()).isEqualTo(90.8, within(0.01));
	}

	@ParameterizedTest(name = "{0} of 100 dropped, drop-share {1}: {2}")
	@CsvSource({ "5, 5, 90", "4, 5, 100.8", "1, 0, 90", "0, 0, 100.8", "100, 100, 90", "99, 100, 100.8" })
	void dropsShrinkFromTheirShareOn(int dropped, String share, double limit) {
		Sample sample = new Sample(10 * MILLI, 100 - dropped, dropped, 1_000);
		assertThat(estimate(100, 10).next(sample, LimitTestBed.rule(STABLE, "drop-share=" + share)).limit())
			.isEqualTo(limit, within(0.01));
	}

	@Test
	void windowOfDropsOnlyTeachesNoTime() {
		Gradient2 next = estimate(100, 10).next(new Sample(0, 0, 10, 1_000), RULE);
		assertThat(next).isEqualTo(new Gradient2(90, 10 * MILLI, 10 * MILLI, 100_000));
		assertThat(Gradient2.startingAt(20).next(new Sample(0, 0, 10, 1_000), RULE))
			.isEqualTo(new Gradient2(18, 0, 0, 0));
	}

	@Test
	void aLimitThatIsNotHalfUsedStays() {
		Sample idle = new Sample(100 * MILLI, 50, 50, 49);
		assertThat(estimate(100, 10).next(idle, RULE).limit()).isEqualTo(100);
		assertThat(estimate(100, 10).next(idle, RULE).latest()).isEqualTo(100 * MILLI);
		assertThat(estimate(100, 10).next(new Sample(10 * MILLI, 50, 0, 50), RULE).limit()).isEqualTo(100.8,
				within(0.01));
	}

	@ParameterizedTest(name = "{0} after {1} ms: {2}")
	@CsvSource({ "10, 100, 10", "10.5, 100, 10", "200, 10, 200", "199.9, 10, 200" })
	void staysWithinItsBounds(double limit, double millis, double bounded) {
		assertThat(estimate(limit, 10).next(busy(millis), RULE).limit()).isEqualTo(bounded);
	}

	@Test
	void usualTimeIsThePlainMeanOfTheFirstTenWindowsAndAMovingAverageFromThenOn() {
		ConcurrencyLimitRule rule = LimitTestBed.rule();
		Gradient2 estimate = Gradient2.startingAt(20);
		for (int i = 0; i < 10; i++) {
			estimate = estimate.next(busy(91 + 2 * i), rule);
			assertThat(estimate.usual()).isEqualTo((91 + i) * MILLI, within(1.0));
		}
		estimate = estimate.next(busy(160.1), rule);
		assertThat(estimate.usual()).isEqualTo((100 + 60.1 * 2 / 601) * MILLI, within(1.0));
		assertThat(estimate.learnt()).isEqualTo(11);
	}

	@Test
	void usualTimeThatIsFromAnOverloadIsForgottenQuickly() {
		Gradient2 estimate = estimate(100, 100);
		for (int i = 0; i < 40; i++) {
			estimate = estimate.next(busy(10), RULE);
		}
		// 32 windows take it to twice the time of now, and there it stays
		assertThat(estimate.usual()).isBetween(19 * MILLI, 20 * MILLI);
	}

	@Test
	void countOfWindowsDoesNotRunAway() {
		ConcurrencyLimitRule rule = LimitTestBed.rule("long-window=10");
		Gradient2 estimate = new Gradient2(20, MILLI, MILLI, Integer.MAX_VALUE).next(busy(1), rule);
		assertThat(estimate.learnt()).isEqualTo(11);
	}

	@Test
	void otherNumbersKeepWhatIsLearntAndBoundTheLimit() {
		assertThat(estimate(100, 10).under(LimitTestBed.rule("max=50")))
			.isEqualTo(new Gradient2(50, 10 * MILLI, 10 * MILLI, 100_000));
		assertThat(estimate(100, 10).under(LimitTestBed.rule("min=120"))).extracting(Gradient2::limit).isEqualTo(120.0);
		assertThat(estimate(100, 10).under(LimitTestBed.rule("initial=30"))).isEqualTo(estimate(100, 10));
	}

	@Test
	void whatLearntNothingBeginsAnewUnderOtherNumbers() {
		assertThat(Gradient2.startingAt(20).under(LimitTestBed.rule("initial=30"))).isEqualTo(Gradient2.startingAt(30));
	}

}
