// SPDX-License-Identifier: Apache-2.0

package io.governance.policy.adaptivebreaker;

import java.time.Duration;

import io.governance.policy.Decision;
import io.governance.policy.FakeCall;
import io.governance.policy.Outcome;
import io.governance.policy.Outcome.Kind;
import io.governance.policy.Permit;
import io.governance.policy.Reason;
import io.governance.policy.Rejection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class AdaptiveBreakerPolicyTests {

	private final AdaptiveBreakerTestBed breaker = new AdaptiveBreakerTestBed();

	private static Outcome outcome(String ending) {
		return switch (ending) {
			case "connect" -> Outcome.failure(Kind.CONNECT_FAILURE, null, 1);
			case "reset" -> Outcome.failure(Kind.RESET, null, 1);
			case "timeout" -> Outcome.failure(Kind.TIMEOUT, null, 1);
			case "error" -> Outcome.failure(Kind.ERROR, null, 1);
			case "cancelled" -> AdaptiveBreakerTestBed.CANCELLED;
			case "rejected" -> AdaptiveBreakerTestBed.REJECTED;
			default -> Outcome.response(Integer.parseInt(ending), false, 1);
		};
	}

	private static FakeCall user(String user) {
		return FakeCall.to("inventory").header("x-user", user);
	}

	@Test
	void holdsCallsBackWhereTooManyFail() {
		this.breaker.calls(6, AdaptiveBreakerTestBed.FAILED);
		assertThat(this.breaker.admits()).isFalse();
	}

	@Test
	void rejectionNamesTheRuleAndNoTime() {
		this.breaker.calls(6, AdaptiveBreakerTestBed.FAILED);
		assertThat(this.breaker.policy.tryAcquire(FakeCall.to("inventory")))
			.isEqualTo(new Decision.Rejected(new Rejection(Reason.THROTTLED, "adaptive-breaker/a", 0)));
	}

	@Test
	void nothingIsMadePerCall() {
		Decision admitted = this.breaker.policy.tryAcquire(FakeCall.to("inventory"));
		assertThat(this.breaker.policy.tryAcquire(FakeCall.to("inventory"))).isSameAs(admitted);
		this.breaker.calls(10, AdaptiveBreakerTestBed.FAILED);
		Decision rejected = this.breaker.policy.tryAcquire(FakeCall.to("inventory"));
		assertThat(rejected).isInstanceOf(Decision.Rejected.class);
		assertThat(this.breaker.policy.tryAcquire(FakeCall.to("inventory"))).isSameAs(rejected);
	}

	@ParameterizedTest(name = "{0}: {1} of {2}")
	@CsvSource({ "connect, 0, 3", "reset, 0, 3", "timeout, 0, 3", "error, 0, 3", "500, 0, 3", "503, 0, 3", "200, 3, 3",
			"302, 3, 3", "404, 3, 3", "429, 3, 3", "cancelled, 0, 0", "rejected, 0, 0" })
	void byDefaultTroubleOfTheCalleeIsAFailure(String ending, int accepts, int total) {
		this.breaker.calls(3, outcome(ending));
		assertThat(this.breaker.state())
			.isEqualTo("inventory=passing,accepts=" + accepts + ",total=" + total + ",ratio=0.000");
	}

	@ParameterizedTest(name = "{0}: {1} of {2}")
	@CsvSource({ "429, 0, 3", "timeout, 0, 3", "500, 3, 3", "connect, 3, 3", "cancelled, 0, 0", "rejected, 0, 0" })
	void onlyDeclaredEndingsAreFailures(String ending, int accepts, int total) {
		AdaptiveBreakerTestBed declared = new AdaptiveBreakerTestBed(
				AdaptiveBreakerTestBed.rule(null, null, "429", "timeout"));
		declared.calls(3, outcome(ending));
		assertThat(declared.state())
			.isEqualTo("inventory=passing,accepts=" + accepts + ",total=" + total + ",ratio=0.000");
	}

	@Test
	void stateTellsWhatIsHeldBack() {
		this.breaker.calls(60, AdaptiveBreakerTestBed.OK);
		this.breaker.calls(40, AdaptiveBreakerTestBed.FAILED);
		this.breaker.calls(FakeCall.to("payments"), 2, AdaptiveBreakerTestBed.OK);
		assertThat(this.breaker.state()).isEqualTo(
				"inventory=throttling,accepts=60,total=100,ratio=0.050 payments=passing,accepts=2,total=2,ratio=0.000");
	}

	@Test
	void eachServiceIsHeldBackByItself() {
		this.breaker.calls(100, AdaptiveBreakerTestBed.FAILED);
		assertThat(this.breaker.admits()).isFalse();
		assertThat(this.breaker.admits(FakeCall.to("payments"))).isTrue();
	}

	@Test
	void eachOperationIsHeldBackByItselfWhereThatIsTheKey() {
		AdaptiveBreakerTestBed byOperation = new AdaptiveBreakerTestBed(AdaptiveBreakerTestBed.rule("operation", null));
		byOperation.calls(FakeCall.to("inventory").path("/items/4711"), 100, AdaptiveBreakerTestBed.FAILED);
		assertThat(byOperation.admits(FakeCall.to("inventory").path("/items/4712"))).isFalse();
		assertThat(byOperation.admits(FakeCall.to("inventory").path("/stock"))).isTrue();
	}

	@Test
	void keysBeyondTheBoundAreTakenAsOne() {
		AdaptiveBreakerTestBed bounded = new AdaptiveBreakerTestBed(AdaptiveBreakerTestBed.rule("header:x-user", 2));
		bounded.calls(user("ann"), 1, AdaptiveBreakerTestBed.OK);
		bounded.calls(user("bob"), 1, AdaptiveBreakerTestBed.OK);
		for (int i = 0; i < 6; i++) {
			bounded.calls(user("flood-" + i), 1, AdaptiveBreakerTestBed.FAILED);
		}
		assertThat(bounded.overflow.sum()).isEqualTo(6);
		assertThat(bounded.admits(user("flood-7"))).isFalse();
		assertThat(bounded.admits(user("ann"))).isTrue();
	}

	@Test
	void aFloodOfKeysLeavesItBounded() {
		AdaptiveBreakerTestBed bounded = new AdaptiveBreakerTestBed(AdaptiveBreakerTestBed.rule("header:x-user", 10));
		for (int i = 0; i < 200_000; i++) {
			bounded.admit(user("u" + i)).release(AdaptiveBreakerTestBed.OK);
		}
		assertThat(bounded.overflow.sum()).isEqualTo(200_000 - 10);
		assertThat(bounded.state().split(" ")).hasSize(10);
	}

	@Test
	void changesOfAServiceAreShownAndNothingElse() {
		this.breaker.calls(100, AdaptiveBreakerTestBed.FAILED);
		for (int i = 0; i < 1_000; i++) {
			assertThat(this.breaker.admits()).isFalse();
		}
		assertThat(this.breaker.shown.lines).containsExactly("inventory=passing", "inventory=throttling");
		this.breaker.time.advanceSeconds(10);
		this.breaker.calls(100, AdaptiveBreakerTestBed.OK);
		assertThat(this.breaker.shown.lines).containsExactly("inventory=passing", "inventory=throttling",
				"inventory=passing");
	}

	@Test
	void aRatioThatComesAndGoesIsShownOnce() {
		this.breaker.random.fromNowOn(ScriptedRandom.PASSING);
		this.breaker.calls(10, AdaptiveBreakerTestBed.OK);
		this.breaker.calls(10, AdaptiveBreakerTestBed.FAILED);
		for (int i = 0; i < 100; i++) {
			// one that fails is too many, two that succeed make up for it
			this.breaker.calls(1, (i % 3 == 0) ? AdaptiveBreakerTestBed.FAILED : AdaptiveBreakerTestBed.OK);
			this.breaker.time.advance(Duration.ofMillis(10));
		}
		assertThat(this.breaker.shown.lines).containsExactly("inventory=passing", "inventory=throttling");
	}

	@Test
	void onlyServicesAreShown() {
		AdaptiveBreakerTestBed byUser = new AdaptiveBreakerTestBed(AdaptiveBreakerTestBed.rule("header:x-user", null));
		byUser.calls(user("ann"), 100, AdaptiveBreakerTestBed.FAILED);
		assertThat(byUser.admits(user("ann"))).isFalse();
		assertThat(byUser.shown.lines).isEmpty();
	}

	@Test
	void whatMakesRoomIsNotShownAnyMore() {
		AdaptiveBreakerTestBed bounded = new AdaptiveBreakerTestBed(AdaptiveBreakerTestBed.rule(null, 1));
		bounded.calls(1, AdaptiveBreakerTestBed.OK);
		bounded.time.advanceSeconds(10);
		bounded.calls(FakeCall.to("payments"), 1, AdaptiveBreakerTestBed.OK);
		assertThat(bounded.shown.lines).containsExactly("inventory=passing", "inventory is forgotten",
				"payments=passing");
	}

	@Test
	void aCallUnderWayKeepsWhatIsKnownOfItsKey() {
		AdaptiveBreakerTestBed bounded = new AdaptiveBreakerTestBed(AdaptiveBreakerTestBed.rule(null, 1));
		Permit slow = bounded.admit(FakeCall.to("inventory"));
		bounded.time.advanceSeconds(60);
		bounded.calls(FakeCall.to("payments"), 1, AdaptiveBreakerTestBed.OK);
		assertThat(bounded.overflow.sum()).isOne();
		slow.release(AdaptiveBreakerTestBed.FAILED);
		assertThat(bounded.state()).isEqualTo("inventory=passing,accepts=0,total=1,ratio=0.000");
	}

}
