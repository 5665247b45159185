// SPDX-License-Identifier: Apache-2.0

package io.governance.policy.concurrencylimit;

import java.time.Duration;
import java.util.List;

import io.governance.policy.Decision;
import io.governance.policy.FakeCall;
import io.governance.policy.Outcome;
import io.governance.policy.Outcome.Kind;
import io.governance.policy.Permit;
import io.governance.policy.Call.Priority;
import io.governance.policy.Reason;
import io.governance.policy.Rejection;
import io.governance.time.ManualTimeSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static io.governance.policy.concurrencylimit.LimitTestBed.CALL;
import static io.governance.policy.concurrencylimit.LimitTestBed.answer;
import static io.governance.policy.concurrencylimit.LimitTestBed.call;
import static io.governance.policy.concurrencylimit.LimitTestBed.failure;
import static io.governance.policy.concurrencylimit.LimitTestBed.ok;
import static org.assertj.core.api.Assertions.assertThat;

class ConcurrencyLimitPolicyTests {

	private static final String BLANK = "limit:20,critical:0,default:0,sheddable:0,rtt:0.0ms,usual:0.0ms";

	/** Rounds of usual calls that take the limit from 20 to 27.2. */
	private static final int USUAL = 9;

	private final LimitTestBed bed = new LimitTestBed();

	private static Outcome ending(String ending, int millis) {
		return switch (ending) {
			case "connect" -> failure(Kind.CONNECT_FAILURE, millis);
			case "reset" -> failure(Kind.RESET, millis);
			case "timeout" -> failure(Kind.TIMEOUT, millis);
			case "error" -> failure(Kind.ERROR, millis);
			case "cancelled" -> failure(Kind.CANCELLED, millis);
			case "rejected" -> failure(Kind.REJECTED, millis);
			case "not-processed" -> Outcome.response(503, true, Duration.ofMillis(millis).toNanos());
			default -> answer(Integer.parseInt(ending), millis);
		};
	}

	@Test
	void beginsWithTheInitialLimit() {
		List<Permit> permits = this.bed.fill(CALL);
		assertThat(permits).hasSize(20);
		assertThat(this.bed.policy.tryAcquire(CALL))
			.isEqualTo(new Decision.Rejected(new Rejection(Reason.CONCURRENCY_LIMITED, "concurrency-limit/c", 0)));
		permits.get(0).release(ok(1));
		assertThat(this.bed.fill(CALL)).hasSize(1);
	}

	@Test
	void growsWhileCallsTakeTheUsualTimeAndShrinksWhenTheyTakeLonger() {
		this.bed.rounds(USUAL, ok(100));
		assertThat(this.bed.policy.state())
			.isEqualTo("orders=limit:27,critical:0,default:0,sheddable:0,rtt:100.0ms,usual:100.0ms");
		this.bed.rounds(3, ok(150));
		assertThat(this.bed.limit()).isEqualTo(29);
		this.bed.rounds(3, ok(600));
		assertThat(this.bed.limit()).isEqualTo(19);
	}

	@Test
	void aLimitThatIsNotHalfUsedStays() {
		for (int i = 0; i < 100; i++) {
			Outcome outcome = ok((i < 50) ? 100 : 900);
			List<Permit> permits = List.of(this.bed.admit(), this.bed.admit());
			this.bed.time.advanceNanos(outcome.nanos());
			permits.forEach((permit) -> permit.release(outcome));
		}
		assertThat(this.bed.policy.state()).contains("rtt:900.0ms");
		assertThat(this.bed.limit()).isEqualTo(20);
	}

	@ParameterizedTest
	@ValueSource(strings = { "cancelled", "rejected" })
	void endingsThatSayNothingGiveBackThePermitAndNothingElse(String ending) {
		this.bed.rounds(50, ending(ending, 5_000));
		assertThat(this.bed.policy.state()).isEqualTo("orders=" + BLANK);
	}

	@ParameterizedTest(name = "{0}")
	@ValueSource(strings = { "connect", "reset", "error", "401", "404", "500", "503" })
	void errorsThatComeSoonAreNotTakenForWhatIsUsual(String ending) {
		this.bed.rounds(USUAL, ok(100));
		String before = this.bed.policy.state();
		this.bed.rounds(200, ending(ending, 1));
		assertThat(this.bed.policy.state()).isEqualTo(before);
		this.bed.rounds(10, ok(100));
		assertThat(this.bed.limit()).isEqualTo(35);
	}

	@ParameterizedTest(name = "{0}: {1}")
	@CsvSource({ "reset, true", "error, true", "404, true", "500, true", "connect, false" })
	void errorsThatComeLateShrinkTheLimit(String ending, boolean shrinks) {
		this.bed.rounds(USUAL, ok(100));
		this.bed.round(ending(ending, 1_000));
		assertThat(this.bed.limit()).isEqualTo(shrinks ? 22 : 27);
	}

	@Test
	void errorsOnlyTeachNothing() {
		this.bed.rounds(10, answer(500, 100));
		assertThat(this.bed.policy.state()).isEqualTo("orders=" + BLANK);
	}

	@ParameterizedTest
	@ValueSource(longs = { Long.MIN_VALUE, -1, 0, 1, 99_999 })
	void callsOfNoTimeAreNotCounted(long nanos) {
		for (int i = 0; i < 100; i++) {
			this.bed.time.advance(Duration.ofMillis(20));
			this.bed.admit().release(Outcome.response(200, false, nanos));
		}
		assertThat(this.bed.policy.state()).isEqualTo("orders=" + BLANK);
	}

	@ParameterizedTest(name = "{0}: {1}")
	@CsvSource({ "timeout, 24", "not-processed, 24", "503, 27", "reset, 27", "connect, 27" })
	void byDefaultTimeOutsAndCallsThatWereShedShrinkTheLimit(String ending, int limit) {
		this.bed.rounds(USUAL, ok(100));
		this.bed.round(ending(ending, 50));
		assertThat(this.bed.limit()).isEqualTo(limit);
	}

	@Test
	void onlyDeclaredEndingsAreDrops() {
		LimitTestBed declared = new LimitTestBed("dropped-on=429 connect");
		declared.rounds(USUAL, ok(100));
		declared.round(ending("timeout", 50));
		assertThat(declared.limit()).isEqualTo(27);
		declared.round(answer(429, 200));
		assertThat(declared.limit()).isEqualTo(24);
		declared.round(ending("connect", 200));
		assertThat(declared.limit()).isEqualTo(22);
	}

	@Test
	void dropsAreCallsLikeOthersIfTheyShallNotShrinkTheLimit() {
		LimitTestBed original = new LimitTestBed("shrink-on-drop=false");
		original.rounds(USUAL, ok(100));
		original.round(ending("timeout", 120));
		assertThat(original.limit()).isGreaterThanOrEqualTo(27);
		assertThat(original.policy.state()).contains("rtt:120.0ms");
	}

	@Test
	void whatWasBeforeAPauseIsNotUsedAfterIt() {
		for (int i = 0; i < 9; i++) {
			this.bed.admit().release(ok(50));
		}
		this.bed.time.advanceSeconds(3_600);
		Permit late = this.bed.admit();
		this.bed.time.advance(Duration.ofMillis(50));
		late.release(ok(50));
		assertThat(this.bed.policy.state()).contains("rtt:0.0ms");
		for (int i = 0; i < 9; i++) {
			this.bed.admit().release(ok(50));
			this.bed.time.advance(Duration.ofMillis(20));
		}
		assertThat(this.bed.policy.state()).contains("rtt:50.0ms");
	}

	@Test
	void slowCallsThatAreAlwaysInFlightAreNoPause() {
		LimitTestBed slow = new LimitTestBed("initial=10");
		for (int i = 0; i < 3; i++) {
			slow.round(ok(30_000));
		}
		assertThat(slow.policy.state()).contains("rtt:30000.0ms");
		assertThat(slow.limit()).isGreaterThan(10);
	}

	@Test
	void callsThatMatterAreAdmittedWhenTheOthersFillTheLimit() {
		assertThat(this.bed.fill(call(Priority.SHEDDABLE))).hasSize(20);
		assertThat(this.bed.fill(call(Priority.DEFAULT))).hasSize(8);
		assertThat(this.bed.fill(call(Priority.CRITICAL))).hasSize(12);
		assertThat(this.bed.fill(call(Priority.SHEDDABLE))).isEmpty();
		assertThat(this.bed.policy.state()).contains("critical:12,default:8,sheddable:20");
	}

	@Test
	void anyPriorityMayFillALimitThatOthersDoNotUse() {
		assertThat(this.bed.fill(call(Priority.SHEDDABLE))).hasSize(20);
		LimitTestBed other = new LimitTestBed();
		assertThat(other.fill(call(Priority.CRITICAL))).hasSize(20);
	}

	@Test
	void eachKeyHasItsOwnLimit() {
		assertThat(this.bed.fill(FakeCall.to("inventory"))).hasSize(20);
		assertThat(this.bed.fill(FakeCall.to("payments"))).hasSize(20);
		LimitTestBed byCaller = new LimitTestBed("key=caller", "initial=10");
		assertThat(byCaller.fill(FakeCall.at("orders").caller("a"))).hasSize(10);
		assertThat(byCaller.fill(FakeCall.at("orders").caller("b"))).hasSize(10);
		assertThat(byCaller.policy.state()).contains("a=limit:10", "b=limit:10");
	}

	@Test
	void keysBeyondTheBoundShareALimit() {
		LimitTestBed few = new LimitTestBed("key=caller", "max-keys=2", "initial=10");
		few.fill(FakeCall.at("orders").caller("a"));
		few.fill(FakeCall.at("orders").caller("b"));
		assertThat(few.fill(FakeCall.at("orders").caller("c"))).hasSize(10);
		assertThat(few.fill(FakeCall.at("orders").caller("d"))).isEmpty();
		assertThat(few.context.counted("overflow")).isEqualTo(12);
	}

	@Test
	void aKeyThatLearntNothingMakesRoomAndOneThatDidNotForALongTime() {
		LimitTestBed few = new LimitTestBed("key=caller", "max-keys=1");
		FakeCall a = FakeCall.at("orders").caller("a");
		Permit held = few.tryAdmit(a).orElseThrow();
		few.time.advanceSeconds(1);
		few.tryAdmit(FakeCall.at("orders").caller("b")).orElseThrow().release(ok(1));
		assertThat(few.policy.state()).startsWith("a=");
		held.release(ok(1));
		few.time.advanceSeconds(1);
		few.tryAdmit(FakeCall.at("orders").caller("b")).orElseThrow().release(ok(1));
		assertThat(few.policy.state()).startsWith("b=");
		few.fill(FakeCall.at("orders").caller("b")).forEach((permit) -> {
			few.time.advance(Duration.ofMillis(50));
			permit.release(ok(50));
		});
		few.time.advanceNanos(AdaptiveLimit.FORGOTTEN);
		few.tryAdmit(a).orElseThrow().release(ok(1));
		assertThat(few.policy.state()).startsWith("b=");
		few.time.advanceSeconds(1);
		few.tryAdmit(a).orElseThrow().release(ok(1));
		assertThat(few.policy.state()).startsWith("a=");
	}

	@Test
	void admissionsAreSharedByTheCallsOfAPriority() {
		Decision first = this.bed.policy.tryAcquire(CALL);
		assertThat(this.bed.policy.tryAcquire(CALL)).isSameAs(first);
		assertThat(this.bed.policy.tryAcquire(call(Priority.CRITICAL))).isNotSameAs(first);
	}

	@ParameterizedTest
	@ValueSource(longs = { Long.MIN_VALUE, -1, Long.MAX_VALUE - 300_000_000 })
	void originOfTheClockDoesNotMatter(long origin) {
		LimitTestBed odd = new LimitTestBed(new ManualTimeSource(origin));
		odd.rounds(USUAL, ok(100));
		assertThat(odd.limit()).isEqualTo(27);
	}

	@Test
	void limitStaysWithinItsBounds() {
		LimitTestBed bounded = new LimitTestBed("min=18", "max=22");
		bounded.rounds(20, ok(100));
		assertThat(bounded.limit()).isEqualTo(22);
		bounded.rounds(20, ok(1_000));
		assertThat(bounded.limit()).isEqualTo(18);
	}

	@Test
	void aLimitOfOneBoundIsFixed() {
		LimitTestBed fixed = new LimitTestBed("min=30", "max=30");
		List<Permit> permits = fixed.fill(CALL);
		assertThat(permits).hasSize(30);
		permits.forEach((permit) -> permit.release(ok(1)));
		fixed.rounds(20, ok(100));
		fixed.rounds(20, ok(1_000));
		assertThat(fixed.limit()).isEqualTo(30);
	}

}
