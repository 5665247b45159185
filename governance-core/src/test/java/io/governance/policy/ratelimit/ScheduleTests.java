// SPDX-License-Identifier: Apache-2.0

package io.governance.policy.ratelimit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.governance.policy.Decision;
import io.governance.policy.Outcome;
import io.governance.rule.TestContext;
import io.governance.time.ManualTimeSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class ScheduleTests {

	private static final Outcome CANCELLED = Outcome.failure(Outcome.Kind.CANCELLED, null, 0);

	private final ManualTimeSource time = new ManualTimeSource();

	private final TestContext context = new TestContext("rate-limit/r", this.time);

	private final Answers answers = new Answers(this.context.context(), false);

	private Schedule schedule(TestLimit limit) {
		return new Schedule(limit.rule().rate(), this.time);
	}

	private Decision ask(Schedule schedule) {
		return schedule.tryAcquire(this.answers);
	}

	/**
	 * The wait of an admitted call in milliseconds; of a rejected one, negative, when to
	 * come back.
	 */
	private long millis(Schedule schedule) {
		return millis(ask(schedule));
	}

	private static long millis(Decision decision) {
		if (decision instanceof Decision.Rejected rejected) {
			return -rejected.rejection().retryAfterNanos() / 1_000_000;
		}
		return (decision instanceof Decision.Delayed delayed) ? delayed.waitNanos() / 1_000_000 : 0;
	}

	private static Decision.Delayed delayed(Decision decision) {
		return (Decision.Delayed) decision;
	}

	@Test
	void callsAreSpacedEvenlyAndRejectedBeyondTheLongestWait() {
		Schedule schedule = schedule(TestLimit.of(10).pacingMillis(250));
		assertThat(millis(schedule)).isZero();
		assertThat(millis(schedule)).isEqualTo(100);
		assertThat(millis(schedule)).isEqualTo(200);
		assertThat(millis(schedule)).isEqualTo(-50);
		assertThat(millis(schedule)).isEqualTo(-50);
		this.time.advance(Duration.ofMillis(49));
		assertThat(millis(schedule)).isEqualTo(-1);
		this.time.advance(Duration.ofMillis(1));
		assertThat(millis(schedule)).isEqualTo(250);
		assertThat(this.context.counted("delayed")).isEqualTo(3);
	}

	@Test
	void aPauseSavesNothingUp() {
		Schedule schedule = schedule(TestLimit.of(10).pacingMillis(1_000));
		this.time.advanceSeconds(3_600);
		assertThat(millis(schedule)).isZero();
		assertThat(millis(schedule)).isEqualTo(100);
		this.time.advance(Duration.ofMillis(150));
		assertThat(millis(schedule)).isEqualTo(50);
		this.time.advance(Duration.ofMillis(151));
		assertThat(millis(schedule)).isZero();
	}

	@Test
	void withABurstSoManyGoAtOnceAndTheOthersWait() {
		Schedule schedule = schedule(TestLimit.of(10).burst(3L).pacingMillis(150));
		List<Long> waits = new ArrayList<>();
		for (int i = 0; i < 6; i++) {
			waits.add(millis(schedule));
		}
		assertThat(waits).containsExactly(0L, 0L, 0L, 100L, -50L, -50L);
		this.time.advanceSeconds(1);
		assertThat(List.of(millis(schedule), millis(schedule), millis(schedule), millis(schedule))).containsExactly(0L,
				0L, 0L, 100L);
	}

	@Test
	void waitOfNobodyElseIsADecisionThatHoldsNothing() {
		assertThat(ask(schedule(TestLimit.of(10).pacingMillis(250)))).isSameAs(Decision.ADMITTED);
	}

	@Test
	void theLastInLineWhoGivesUpGivesItsTurnBack() {
		Schedule schedule = schedule(TestLimit.of(10).pacingMillis(250));
		ask(schedule);
		Decision.Delayed last = delayed(ask(schedule));
		last.permit().release(CANCELLED);
		assertThat(millis(schedule)).isEqualTo(100);
		assertThat(millis(schedule)).isEqualTo(200);
	}

	@Test
	void allWhoGiveUpFromTheEndOnGiveTheirTurnsBack() {
		Schedule schedule = schedule(TestLimit.of(10).pacingMillis(450));
		ask(schedule);
		Decision.Delayed second = delayed(ask(schedule));
		Decision.Delayed third = delayed(ask(schedule));
		Decision.Delayed fourth = delayed(ask(schedule));
		fourth.permit().release(CANCELLED);
		third.permit().release(Outcome.failure(Outcome.Kind.REJECTED, null, 0));
		assertThat(millis(schedule)).isEqualTo(200);
		second.permit().release(CANCELLED);
		assertThat(millis(schedule)).isEqualTo(300);
	}

	@Test
	void theTurnOfWhoGivesUpWithinTheLineStaysEmpty() {
		Schedule schedule = schedule(TestLimit.of(10).pacingMillis(450));
		ask(schedule);
		Decision.Delayed second = delayed(ask(schedule));
		ask(schedule);
		second.permit().release(CANCELLED);
		assertThat(millis(schedule)).isEqualTo(300);
	}

	@Test
	void aTurnThatHasComeIsNotGivenBack() {
		Schedule schedule = schedule(TestLimit.of(10).pacingMillis(250));
		ask(schedule);
		Decision.Delayed second = delayed(ask(schedule));
		this.time.advance(Duration.ofMillis(100));
		second.permit().release(CANCELLED);
		assertThat(millis(schedule)).isEqualTo(100);
	}

	@ParameterizedTest
	@EnumSource(value = Outcome.Kind.class, mode = EnumSource.Mode.EXCLUDE, names = { "CANCELLED", "REJECTED" })
	void aCallThatRanBeforeItsTurnKeepsIt(Outcome.Kind kind) {
		// as in the shadow, where nobody waits
		Schedule schedule = schedule(TestLimit.of(10).pacingMillis(250));
		ask(schedule);
		delayed(ask(schedule)).permit().release(Outcome.failure(kind, null, 0));
		assertThat(millis(schedule)).isEqualTo(200);
	}

	@Test
	void givingBackTwiceIsGivingBackOnce() {
		Schedule schedule = schedule(TestLimit.of(10).pacingMillis(250));
		ask(schedule);
		Decision.Delayed second = delayed(ask(schedule));
		second.permit().release(CANCELLED);
		assertThat(millis(schedule)).isEqualTo(100);
		second.permit().release(CANCELLED);
		assertThat(millis(schedule)).isEqualTo(200);
	}

	@Test
	void warmUpRejectsWhatTheRateDoesNotAllowYet() {
		Schedule schedule = schedule(TestLimit.of(100).burst(1L).warmUp(Duration.ofSeconds(10)));
		assertThat(millis(schedule)).isZero();
		assertThat(((Decision.Rejected) ask(schedule)).rejection().retryAfterNanos()).isEqualTo(29_980_000);
		this.time.advanceNanos(29_980_000);
		assertThat(millis(schedule)).isZero();
		assertThat(((Decision.Rejected) ask(schedule)).rejection().retryAfterNanos()).isEqualTo(29_940_000);
	}

	/**
	 * Calls come all the time, as fast as they may. In the warm-up half as many as at the
	 * full rate are admitted.
	 */
	@Test
	void rateGrowsUnderLoadAndStaysWhileThereIsLoad() {
		Schedule schedule = schedule(TestLimit.of(100).burst(1L).warmUp(Duration.ofSeconds(10)));
		List<Integer> perSecond = new ArrayList<>();
		for (int second = 0; second < 15; second++) {
			perSecond.add(admittedInASecond(schedule));
		}
		assertThat(perSecond.get(0)).isBetween(34, 35);
		assertThat(perSecond.get(5)).isBetween(46, 48);
		assertThat(perSecond.get(9)).isBetween(84, 87);
		assertThat(perSecond.subList(0, 10).stream().mapToInt(Integer::intValue).sum()).isBetween(498, 502);
		assertThat(perSecond.subList(11, 15)).allSatisfy((admitted) -> assertThat(admitted).isBetween(99, 101));
		assertThat(perSecond).isSorted();
	}

	@Test
	void aPauseCoolsDownAndALongOneWholly() {
		Schedule schedule = schedule(TestLimit.of(100).burst(1L).warmUp(Duration.ofSeconds(10)));
		for (int second = 0; second < 20; second++) {
			admittedInASecond(schedule);
		}
		this.time.advanceSeconds(4);
		assertThat(admittedInASecond(schedule)).as("still below the threshold").isBetween(99, 101);
		this.time.advanceSeconds(4);
		assertThat(admittedInASecond(schedule)).as("half cold").isBetween(54, 62);
		this.time.advanceSeconds(10);
		assertThat(admittedInASecond(schedule)).as("cold").isBetween(34, 35);
	}

	@Test
	void underAQuarterOfTheRateItStaysCold() {
		Schedule schedule = schedule(TestLimit.of(100).burst(1L).warmUp(Duration.ofSeconds(10)));
		for (int i = 0; i < 3_000; i++) {
			assertThat(ask(schedule)).isInstanceOf(Decision.Admitted.class);
			this.time.advance(Duration.ofMillis(40));
		}
		assertThat(admittedInASecond(schedule)).isBetween(34, 35);
	}

	@Test
	void whenColdTheBurstIsAboutAThird() {
		Schedule schedule = schedule(TestLimit.of(300).warmUp(Duration.ofSeconds(60)));
		int admitted = 0;
		while (ask(schedule) instanceof Decision.Admitted) {
			admitted++;
		}
		assertThat(admitted).isBetween(100, 103);
	}

	@Test
	void warmUpWithPacingMakesWaitsLonger() {
		Schedule schedule = schedule(TestLimit.of(100).warmUp(Duration.ofSeconds(10)).pacingMillis(100));
		assertThat(millis(schedule)).isZero();
		assertThat(delayed(ask(schedule)).waitNanos()).isEqualTo(29_980_000);
		assertThat(delayed(ask(schedule)).waitNanos()).isEqualTo(29_980_000 + 29_940_000);
	}

	/**
	 * Asks again just when it is told to.
	 */
	private int admittedInASecond(Schedule schedule) {
		int admitted = 0;
		long left = 1_000_000_000;
		while (left > 0) {
			if (ask(schedule) instanceof Decision.Rejected rejected) {
				long pause = Math.min(left, rejected.rejection().retryAfterNanos());
				this.time.advanceNanos(pause);
				left -= pause;
			}
			else {
				admitted++;
			}
		}
		return admitted;
	}

	@Test
	void tellsWhatIsLeft() {
		Schedule schedule = schedule(TestLimit.of(10).burst(3L).pacingMillis(500));
		assertThat(schedule.available()).isEqualTo(3);
		assertThat(schedule.nanosToFull()).isZero();
		ask(schedule);
		assertThat(schedule.available()).isEqualTo(2);
		assertThat(schedule.nanosToFull()).isEqualTo(100_000_000);
		this.time.advance(Duration.ofMillis(40));
		assertThat(schedule.available()).isEqualTo(2);
		assertThat(schedule.nanosToFull()).isEqualTo(60_000_000);
		for (int i = 0; i < 4; i++) {
			ask(schedule);
		}
		assertThat(schedule.available()).isZero();
		assertThat(schedule.state()).isEqualTo("available=0 wait=260ms rate=100%");
		this.time.advanceSeconds(1);
		assertThat(schedule.available()).isEqualTo(3);
		assertThat(schedule.state()).isEqualTo("available=3 wait=0ms rate=100%");
	}

	@Test
	void stateTellsHowWarmItIs() {
		Schedule schedule = schedule(TestLimit.of(100).warmUp(Duration.ofSeconds(10)).pacingMillis(100));
		assertThat(schedule.state()).isEqualTo("available=1 wait=0ms rate=33%");
	}

	@ParameterizedTest
	@ValueSource(longs = { Long.MIN_VALUE, -1, Long.MAX_VALUE - 150_000_000 })
	void originOfTheClockDoesNotMatter(long origin) {
		ManualTimeSource odd = new ManualTimeSource(origin);
		Schedule schedule = new Schedule(TestLimit.of(10).pacingMillis(250).rule().rate(), odd);
		assertThat(millis(schedule)).isZero();
		assertThat(millis(schedule)).isEqualTo(100);
		assertThat(millis(schedule)).isEqualTo(200);
		odd.advance(Duration.ofMillis(200));
		assertThat(millis(schedule)).isEqualTo(100);
		assertThat(schedule.available()).isZero();
	}

	@ParameterizedTest
	@CsvSource({ "1000000, PT1S, 9223372036854775807", "1, P1D, 9223372036854775807", "1, P1D, 1",
			"1000, PT0.001S, 5" })
	void extremesWork(long limit, Duration per, long burst) {
		Schedule schedule = schedule(TestLimit.of(limit).per(per).burst(burst).pacing(Duration.ofMinutes(1)));
		assertThat(millis(schedule)).isZero();
		assertThat(schedule.available()).isNotNegative().isLessThan(burst + ((burst < Long.MAX_VALUE) ? 1 : 0));
		this.time.advance(Duration.ofDays(30));
		assertThat(millis(schedule)).isZero();
	}

}
