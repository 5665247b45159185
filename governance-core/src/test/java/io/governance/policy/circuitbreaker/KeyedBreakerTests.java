// SPDX-License-Identifier: Apache-2.0

package io.governance.policy.circuitbreaker;

import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;

import io.governance.load.CpuLoad;
import io.governance.policy.Call;
import io.governance.policy.Decision;
import io.governance.policy.FakeCall;
import io.governance.policy.Outcome;
import io.governance.policy.Permit;
import io.governance.policy.Policy;
import io.governance.rule.PolicyContext;
import io.governance.rule.StateDisplay;
import io.governance.time.ManualTimeSource;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Breakers by key: which there are, which are dropped, and which are shown.
 */
class KeyedBreakerTests {

	private static final Duration MINUTE = Duration.ofSeconds(61);

	private static final Duration LONG = Duration.ofMinutes(11);

	private final ManualTimeSource time = new ManualTimeSource();

	private final Map<String, String> shown = new TreeMap<>();

	private final PolicyContext context = new PolicyContext("circuit-breaker/b", this.time, new Random(1),
			(event) -> new LongAdder(), new StateDisplay() {

				@Override
				public void show(String service, String state) {
					KeyedBreakerTests.this.shown.put(service, state);
				}

				@Override
				public void forget(String service) {
					KeyedBreakerTests.this.shown.remove(service);
				}

			}, CpuLoad.UNKNOWN);

	private Policy policy = policy("service", 2);

	private Policy policy(String key, int maxKeys) {
		return new CircuitBreakerRuleType().newPolicy(BreakerTestBed.keyed(key, maxKeys), this.context);
	}

	private Permit admit(Call call) {
		return ((Decision.Admitted) this.policy.tryAcquire(call)).permit();
	}

	private void call(String service, Outcome outcome) {
		admit(FakeCall.to(service)).release(outcome);
	}

	private void open(String service) {
		while (this.policy.tryAcquire(FakeCall.to(service)) instanceof Decision.Admitted admitted) {
			admitted.permit().release(BreakerTestBed.FAILED);
		}
	}

	/** Sweeps happen when there is no room, and see who was asked since the last one. */
	private void sweep() {
		this.time.advance(Duration.ofMillis(101));
		call("one-too-many", BreakerTestBed.OK);
	}

	@Test
	void eachOperationHasItsOwnBreaker() {
		this.policy = policy("operation", 10);
		for (int i = 0; i < 4; i++) {
			admit(FakeCall.to("inventory").path("/items/" + i)).release(BreakerTestBed.FAILED);
		}
		assertThat(this.policy.tryAcquire(FakeCall.to("inventory").path("/items/9")))
			.isInstanceOf(Decision.Rejected.class);
		assertThat(this.policy.tryAcquire(FakeCall.to("inventory").path("/orders")))
			.isInstanceOf(Decision.Admitted.class);
		assertThat(this.policy.state()).isEqualTo("GET /items/{}=OPEN GET /orders=CLOSED");
	}

	@Test
	void onlyStatesOfServicesAreShown() {
		open("a");
		call("b", BreakerTestBed.OK);
		assertThat(this.shown).isEqualTo(Map.of("a", "open", "b", "closed"));
		this.shown.clear();
		this.policy = policy("header:x-user", 2);
		open("a");
		assertThat(this.shown).isEmpty();
	}

	@Test
	void theSharedBreakerIsShownOnceItChanges() {
		call("a", BreakerTestBed.OK);
		call("b", BreakerTestBed.OK);
		call("c", BreakerTestBed.OK);
		assertThat(this.shown).containsOnlyKeys("a", "b");
		open("d");
		assertThat(this.shown).containsEntry("*", "open");
	}

	@Test
	void goodBreakersThatNobodyAsksMakeRoomAfterAMinute() {
		call("a", BreakerTestBed.OK);
		call("b", BreakerTestBed.OK);
		sweep();
		this.time.advance(MINUTE);
		call("b", BreakerTestBed.OK);
		sweep();
		assertThat(this.policy.state()).isEqualTo("b=CLOSED one-too-many=CLOSED");
		assertThat(this.shown).containsOnlyKeys("b", "one-too-many");
	}

	@Test
	void breakersThatHaveSeenSomethingBadStayForLonger() {
		open("a");
		call("b", BreakerTestBed.FAILED);
		sweep();
		this.time.advance(MINUTE);
		sweep();
		assertThat(this.policy.state()).isEqualTo("a=OPEN b=CLOSED");
		this.time.advance(LONG);
		sweep();
		assertThat(this.policy.state()).isEqualTo("one-too-many=CLOSED");
	}

	@Test
	void breakersThatAreAskedStay() {
		call("a", BreakerTestBed.OK);
		call("b", BreakerTestBed.OK);
		for (int i = 0; i < 20; i++) {
			this.time.advance(MINUTE);
			call("a", BreakerTestBed.OK);
			call("b", BreakerTestBed.OK);
			sweep();
		}
		assertThat(this.policy.state()).isEqualTo("a=CLOSED b=CLOSED");
	}

	@Test
	void whatADroppedBreakerSeesLaterIsNotShown() {
		Permit[] late = new Permit[4];
		for (int i = 0; i < 4; i++) {
			late[i] = admit(FakeCall.to("a"));
		}
		call("b", BreakerTestBed.OK);
		sweep();
		this.time.advance(LONG);
		sweep();
		for (Permit permit : late) {
			permit.release(BreakerTestBed.FAILED);
		}
		assertThat(this.shown).containsOnlyKeys("one-too-many");
	}

}
