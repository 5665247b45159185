// SPDX-License-Identifier: Apache-2.0

package io.governance.policy.circuitbreaker;

import java.time.Duration;

import io.governance.policy.Decision;
import io.governance.policy.FakeCall;
import io.governance.policy.Outcome;
import io.governance.policy.Outcome.Kind;
import io.governance.policy.Reason;
import io.governance.policy.Rejection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class CircuitBreakerPolicyTests {

	private final BreakerTestBed breaker = new BreakerTestBed();

	private static Outcome outcome(String ending) {
		return switch (ending) {
			case "connect" -> Outcome.failure(Kind.CONNECT_FAILURE, null, 1);
			case "reset" -> Outcome.failure(Kind.RESET, null, 1);
			case "timeout" -> Outcome.failure(Kind.TIMEOUT, null, 1);
			case "error" -> Outcome.failure(Kind.ERROR, null, 1);
			case "cancelled" -> BreakerTestBed.CANCELLED;
			case "rejected" -> BreakerTestBed.REJECTED;
			default -> Outcome.response(Integer.parseInt(ending), false, 1);
		};
	}

	@Test
	void staysClosedUntilEnoughCallsAreSeen() {
		this.breaker.calls(3, BreakerTestBed.FAILED);
		assertThat(this.breaker.admits()).isTrue();
		this.breaker.calls(1, BreakerTestBed.FAILED);
		assertThat(this.breaker.admits()).isFalse();
	}

	@Test
	void opensWhenTheFailureRateIsReached() {
		this.breaker.calls(5, BreakerTestBed.OK);
		this.breaker.calls(4, BreakerTestBed.FAILED);
		assertThat(this.breaker.state()).isEqualTo("inventory=CLOSED");
		this.breaker.calls(1, BreakerTestBed.FAILED);
		assertThat(this.breaker.state()).isEqualTo("inventory=OPEN");
	}

	@Test
	void looksBackAtTheWindowOnly() {
		this.breaker.calls(10, BreakerTestBed.OK);
		this.breaker.calls(4, BreakerTestBed.FAILED);
		this.breaker.calls(10, BreakerTestBed.OK);
		this.breaker.calls(4, BreakerTestBed.FAILED);
		assertThat(this.breaker.state()).isEqualTo("inventory=CLOSED");
		this.breaker.calls(1, BreakerTestBed.FAILED);
		assertThat(this.breaker.state()).isEqualTo("inventory=OPEN");
	}

	@Test
	void windowOfTimeForgetsWhatIsOlder() {
		BreakerTestBed timed = new BreakerTestBed(new CircuitBreakerRule(null, null, 0, null, 50f, null, null, 4, null,
				Duration.ofSeconds(5), Duration.ofSeconds(10), 2, null, null, null));
		timed.calls(3, BreakerTestBed.FAILED);
		timed.time.advanceSeconds(5);
		timed.calls(3, BreakerTestBed.FAILED);
		assertThat(timed.state()).isEqualTo("inventory=CLOSED");
		timed.time.advanceSeconds(4);
		timed.calls(1, BreakerTestBed.FAILED);
		assertThat(timed.state()).isEqualTo("inventory=OPEN");
	}

	@ParameterizedTest(name = "{0}: {1}")
	@CsvSource({ "connect, OPEN", "reset, OPEN", "timeout, OPEN", "error, OPEN", "500, OPEN", "503, OPEN",
			"200, CLOSED", "404, CLOSED", "429, CLOSED", "cancelled, CLOSED", "rejected, CLOSED" })
	void byDefaultTroubleOfTheCalleeCounts(String ending, String state) {
		BreakerTestBed byDefault = new BreakerTestBed(new CircuitBreakerRule(null, null, 0, null, null, null, null, 4,
				null, null, null, null, null, null, null));
		byDefault.calls(4, outcome(ending));
		assertThat(byDefault.state()).isEqualTo("inventory=" + state);
	}

	@ParameterizedTest(name = "{0}: {1}")
	@CsvSource({ "429, OPEN", "timeout, OPEN", "500, CLOSED", "connect, CLOSED", "cancelled, CLOSED",
			"rejected, CLOSED" })
	void onlyDeclaredEndingsCount(String ending, String state) {
		BreakerTestBed declared = new BreakerTestBed(BreakerTestBed.rule(null, "429", "timeout"));
		declared.calls(4, outcome(ending));
		assertThat(declared.state()).isEqualTo("inventory=" + state);
	}

	@Test
	void endingsThatSayNothingDoNotThinOutFailures() {
		this.breaker.calls(3, BreakerTestBed.FAILED);
		this.breaker.calls(50, BreakerTestBed.CANCELLED);
		this.breaker.calls(50, BreakerTestBed.REJECTED);
		this.breaker.calls(1, BreakerTestBed.FAILED);
		assertThat(this.breaker.state()).isEqualTo("inventory=OPEN");
	}

	@Test
	void slowCallsOpenWhenDeclared() {
		BreakerTestBed slow = new BreakerTestBed(BreakerTestBed.rule(Duration.ofMillis(800)));
		slow.calls(2, Outcome.response(200, false, Duration.ofMillis(800).toNanos()));
		slow.calls(1, Outcome.response(200, false, Duration.ofMillis(801).toNanos()));
		assertThat(slow.state()).isEqualTo("inventory=CLOSED");
		slow.calls(1, Outcome.response(200, false, Duration.ofMillis(801).toNanos()));
		assertThat(slow.state()).isEqualTo("inventory=OPEN");
	}

	@Test
	void slowCallsAreNotLookedAtOtherwise() {
		this.breaker.calls(100, Outcome.response(200, false, Duration.ofHours(1).toNanos()));
		assertThat(this.breaker.state()).isEqualTo("inventory=CLOSED");
	}

	@Test
	void rejectionNamesTheRuleAndCountsDown() {
		this.breaker.calls(4, BreakerTestBed.FAILED);
		long open = Duration.ofSeconds(10).toNanos() + 1;
		assertThat(this.breaker.reject()).isEqualTo(new Rejection(Reason.CIRCUIT_OPEN, "circuit-breaker/b", open));
		this.breaker.time.advanceSeconds(4);
		assertThat(this.breaker.reject().retryAfterNanos()).isEqualTo(open - Duration.ofSeconds(4).toNanos());
		this.breaker.time.advanceSeconds(6);
		assertThat(this.breaker.reject().retryAfterNanos()).isEqualTo(1);
		this.breaker.time.advanceNanos(1);
		assertThat(this.breaker.admits()).isTrue();
	}

	@Test
	void resultsThatComeLateDoNotPutOffTheProbes() {
		var late = this.breaker.admit();
		this.breaker.calls(4, BreakerTestBed.FAILED);
		this.breaker.time.advanceSeconds(9);
		late.release(BreakerTestBed.FAILED);
		this.breaker.time.advance(Duration.ofMillis(1_001));
		assertThat(this.breaker.admits()).isTrue();
	}

	@Test
	void eachServiceHasItsOwnBreaker() {
		this.breaker.calls(4, BreakerTestBed.FAILED);
		this.breaker.admit("payments").release(BreakerTestBed.OK);
		assertThat(this.breaker.admits()).isFalse();
		assertThat(this.breaker.state()).isEqualTo("inventory=OPEN payments=CLOSED");
	}

	@Test
	void numberOfServicesIsBounded() {
		for (int i = 0; i < 5_000; i++) {
			this.breaker.admit("service-" + i);
		}
		assertThat(this.breaker.state()).endsWith(" and 950 more");
		assertThat(this.breaker.context.counted("overflow")).isEqualTo(4_000);
	}

	@Test
	void openingsAreCounted() {
		this.breaker.openAndWait();
		assertThat(this.breaker.context.counted("opened")).isEqualTo(1);
		this.breaker.admit().release(BreakerTestBed.FAILED);
		this.breaker.admit().release(BreakerTestBed.FAILED);
		assertThat(this.breaker.context.counted("opened")).isEqualTo(2);
	}

	@Test
	void admissionsAreShared() {
		Decision first = this.breaker.policy.tryAcquire(FakeCall.to("inventory"));
		assertThat(this.breaker.policy.tryAcquire(FakeCall.to("inventory"))).isSameAs(first);
	}

}
