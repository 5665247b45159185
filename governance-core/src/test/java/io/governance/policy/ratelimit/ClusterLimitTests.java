// SPDX-License-Identifier: Apache-2.0

package io.governance.policy.ratelimit;

import java.time.Duration;
import java.util.List;

import io.governance.lease.Leases;
import io.governance.lease.SimulatedLeases;
import io.governance.lease.SimulatedStore;
import io.governance.policy.Decision;
import io.governance.policy.Enforcement;
import io.governance.policy.FakeCall;
import io.governance.policy.Policy;
import io.governance.policy.Policy.Forecast;
import io.governance.policy.Rejection;
import io.governance.policy.ratelimit.RateLimitRule.OnStoreFailure;
import io.governance.rule.TestContext;
import io.governance.time.ManualTimeSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

class ClusterLimitTests {

	private static final FakeCall CALL = FakeCall.at("orders");

	private final ManualTimeSource time = new ManualTimeSource(1_000_000_000_000L);

	private final SimulatedStore store = new SimulatedStore(this.time);

	private final RateLimitRuleType type = new RateLimitRuleType();

	private SimulatedLeases leases(String instance, int instances) {
		return new SimulatedLeases(instance, instances, this.store, this.time);
	}

	private SimulatedLeases beginning(int expected) {
		SimulatedLeases leases = leases("a", 0);
		leases.connecting(expected);
		return leases;
	}

	private Policy policy(TestLimit limit, SimulatedLeases leases) {
		RateLimitRule rule = limit.cluster().rule();
		assertThat(this.type.validate(rule)).isEmpty();
		return this.type.newPolicy(rule, context(leases).context());
	}

	private TestContext context(SimulatedLeases leases) {
		return new TestContext("rate-limit/r", this.time, leases);
	}

	private static boolean admits(Policy policy, FakeCall call) {
		boolean expected = policy.foresee(call).verdict() == Forecast.Verdict.ADMIT;
		boolean admitted = policy.tryAcquire(call) instanceof Decision.Admitted;
		assertThat(admitted).as("as foreseen").isEqualTo(expected);
		return admitted;
	}

	private static int admitted(Policy policy, int calls) {
		int admitted = 0;
		for (int i = 0; i < calls; i++) {
			admitted += admits(policy, CALL) ? 1 : 0;
		}
		return admitted;
	}

	/**
	 * Calls at a thousand a second, and exchanges with the store.
	 */
	private int admittedWithin(Duration span, Policy policy, SimulatedLeases leases) {
		int admitted = 0;
		for (int millis = 0; millis < span.toMillis(); millis++) {
			this.time.advance(Duration.ofMillis(1));
			admitted += admitted(policy, 1);
			leases.exchange();
		}
		return admitted;
	}

	@Test
	void untilTheStoreAnswersAnInstanceAdmitsItsShare() {
		SimulatedLeases leases = beginning(4);
		Policy policy = policy(TestLimit.of(400).burst(400L), leases);
		int reserve = admitted(policy, 1_000);
		assertThat(reserve).isBetween(1, 400 / 4);
		assertThat(admittedWithin(Duration.ofSeconds(2), policy, leases)).isEqualTo(200);
	}

	@Test
	void untilTheStoreAnswersAllIsAdmittedWhereTheRuleSaysSo() {
		Policy policy = policy(TestLimit.of(5).onStoreFailure(OnStoreFailure.OPEN), beginning(1));
		assertThat(admitted(policy, 1_000)).isEqualTo(1_000);
	}

	@Test
	void untilTheStoreAnswersTheReserveIsThereWhereTheRestIsRejected() {
		SimulatedLeases leases = beginning(1);
		Policy policy = policy(TestLimit.of(640).onStoreFailure(OnStoreFailure.CLOSED), leases);
		assertThat(admitted(policy, 1_000)).isEqualTo(10);
		this.time.advanceSeconds(1);
		assertThat(admitted(policy, 1_000)).isZero();
		leases.instances(1);
		leases.state(Leases.State.UP);
		assertThat(admittedWithin(Duration.ofSeconds(1), policy, leases)).isGreaterThan(500);
	}

	@ParameterizedTest
	@EnumSource
	void aStoreThatIsAwayIsDealtWithAsTheRuleSays(OnStoreFailure failure) {
		SimulatedLeases leases = leases("a", 2);
		Policy policy = policy(TestLimit.of(200).onStoreFailure(failure), leases);
		leases.state(Leases.State.DOWN);
		admitted(policy, 1_000);
		int admitted = admittedWithin(Duration.ofSeconds(1), policy, leases);
		assertThat(admitted).isEqualTo(switch (failure) {
			case LOCAL_SHARE -> 100;
			case OPEN -> 1_000;
			case CLOSED -> 0;
		});
		assertThat(policy.state().contains("held=0")).isEqualTo(failure != OnStoreFailure.OPEN);
	}

	@Test
	void aRuleThatIsOffNeedsNoStore() {
		SimulatedLeases leases = leases("a", 1);
		RateLimitRule off = TestLimit.of(10).cluster().enforcement(Enforcement.OFF).rule();
		Policy policy = this.type.newPolicy(off, context(leases).context());
		assertThat(leases.isJoined()).isFalse();
		this.type.inherit(policy, off, TestLimit.of(10).cluster().rule(), context(leases).context());
		assertThat(leases.isJoined()).isTrue();
	}

	@Test
	void aStoreThatIsGivenUpBeforeItEverAnsweredLeavesAWholeShare() {
		SimulatedLeases leases = beginning(2);
		Policy policy = policy(TestLimit.of(100).perMillis(60_000), leases);
		int before = admitted(policy, 1_000);
		leases.state(Leases.State.DOWN);
		assertThat(before + admitted(policy, 1_000)).isEqualTo(50);
		assertThat(admittedWithin(Duration.ofSeconds(6), policy, leases)).isEqualTo(5);
	}

	@Test
	void whatWasAdmittedBeforeTheFirstAnswerIsPaidBack() {
		SimulatedLeases leases = beginning(1);
		Policy policy = policy(TestLimit.of(100).perMillis(60_000), leases);
		leases.state(Leases.State.DOWN);
		assertThat(admitted(policy, 1_000)).isEqualTo(100);
		leases.instances(1);
		leases.state(Leases.State.UP);
		assertThat(admittedWithin(Duration.ofSeconds(6), policy, leases)).isBetween(8, 12);
	}

	@Test
	void withinAPeriodOfTheFirstSecondsNoMoreIsAdmittedThanTheLimit() {
		SimulatedLeases leases = beginning(1);
		Policy policy = policy(TestLimit.of(4).perMillis(3_600_000), leases);
		int admitted = admitted(policy, 10);
		leases.instances(1);
		leases.state(Leases.State.UP);
		admitted += admittedWithin(Duration.ofSeconds(10), policy, leases);
		assertThat(admitted).isBetween(3, 4);
	}

	@Test
	void anIdleKeyIsNotDroppedBeforeItsReserveIsWhole() {
		SimulatedLeases mine = leases("a", 2);
		SimulatedLeases others = leases("b", 2);
		TestLimit limit = TestLimit.of(80).key("header:x-user");
		Policy policy = policy(limit, mine);
		Policy greedy = policy(limit, others);
		FakeCall call = CALL.header("x-user", "ann");
		int admitted = 0;
		// each time that it has been idle for longer than its bucket takes to fill
		for (int millis = 0; millis < 40_000; millis++) {
			this.time.advance(Duration.ofMillis(1));
			admitted += (greedy.tryAcquire(call) instanceof Decision.Admitted) ? 1 : 0;
			if (millis % 2_500 < 20) {
				admitted += (policy.tryAcquire(call) instanceof Decision.Admitted) ? 1 : 0;
			}
			others.exchange();
			if (millis % 40 == 0) {
				mine.exchange();
			}
		}
		assertThat(admitted).isLessThanOrEqualTo(40 * 80 + 80);
		assertThat(policy.state()).contains("keys=1");
	}

	@Test
	void instancesWithTheRuleBeforeAndAfterAChangeShareOneBucket() {
		List<SimulatedLeases> leases = List.of(leases("a", 2), leases("b", 2));
		List<Policy> policies = List.of(policy(TestLimit.of(100), leases.get(0)),
				policy(TestLimit.of(200), leases.get(1)));
		int admitted = 0;
		for (int millis = 0; millis < 10_000; millis++) {
			this.time.advance(Duration.ofMillis(1));
			for (int i = 0; i < 2; i++) {
				admitted += admitted(policies.get(i), 1);
				leases.get(i).exchange();
			}
		}
		assertThat(admitted).isBetween(10 * 100, 10 * 200 + 200);
	}

	@Test
	void aLimitThatIsRaisedOrLoweredHoldsAtOnce() {
		SimulatedLeases leases = leases("a", 1);
		RateLimitRule before = TestLimit.of(100).cluster().rule();
		Policy policy = this.type.newPolicy(before, context(leases).context());
		admittedWithin(Duration.ofSeconds(5), policy, leases);
		RateLimitRule raised = TestLimit.of(400).cluster().rule();
		Policy more = this.type.inherit(policy, before, raised, context(leases).context());
		admittedWithin(Duration.ofSeconds(1), more, leases);
		assertThat(admittedWithin(Duration.ofSeconds(5), more, leases)).isBetween(1_900, 2_010);
		Policy fewer = this.type.inherit(more, raised, before, context(leases).context());
		assertThat(admittedWithin(Duration.ofSeconds(5), fewer, leases)).isBetween(450, 500 + 25);
	}

	@Test
	void anEqualRuleKeepsWhatItHolds() {
		SimulatedLeases leases = leases("a", 1);
		RateLimitRule rule = TestLimit.of(100).cluster().rule();
		Policy policy = this.type.newPolicy(rule, context(leases).context());
		assertThat(this.type.inherit(policy, rule, TestLimit.of(100).cluster().rule(), context(leases).context()))
			.isSameAs(policy);
	}

	@Test
	void aBucketThatTheStoreLostUnnoticedBeginsEmpty() {
		SimulatedLeases leases = leases("a", 1);
		Policy policy = policy(TestLimit.of(100).perMillis(10_000), leases);
		admittedWithin(Duration.ofSeconds(2), policy, leases);
		this.store.lose();
		assertThat(admittedWithin(Duration.ofSeconds(2), policy, leases)).isBetween(15, 25);
	}

	@Test
	void callersAreToldWhatAllInstancesHaveLeft() {
		SimulatedLeases leases = leases("a", 4);
		Policy policy = policy(TestLimit.of(100).perMillis(60_000).headers(), leases);
		this.time.advance(Duration.ofMillis(20));
		for (int i = 0; i < 20; i++) {
			admitted(policy, 1);
			this.time.advance(Duration.ofMillis(20));
			leases.exchange();
		}
		Decision.Admitted answer = (Decision.Admitted) policy.tryAcquire(CALL);
		Decision.Quota quota = answer.permit().quotas().get(0);
		assertThat(quota.limit()).isEqualTo(100);
		assertThat(quota.windowSeconds()).isEqualTo(60);
		// 79 less the reserves of three others
		assertThat(quota.remaining()).isBetween(55L, 79L);
		assertThat(quota.resetSeconds()).isEqualTo((long) Math.ceil((100 - quota.remaining()) * 0.6));
	}

	@Test
	void aRejectionSaysWhenThereIsRoomAgain() {
		SimulatedLeases leases = leases("a", 1);
		Policy policy = policy(TestLimit.of(10).perMillis(100_000), leases);
		admittedWithin(Duration.ofSeconds(1), policy, leases);
		Rejection rejection = ((Decision.Rejected) policy.tryAcquire(CALL)).rejection();
		assertThat(rejection.retryAfterNanos()).isBetween(8_000_000_000L, 10_000_000_000L);
	}

	@Test
	void anOverrideOfAKeyIsSharedToo() {
		SimulatedLeases one = leases("a", 2);
		SimulatedLeases other = leases("b", 2);
		TestLimit limit = TestLimit.of(10).key("header:x-user").perMillis(10_000).override("gold", 40, null);
		List<Policy> policies = List.of(policy(limit, one), policy(limit, other));
		FakeCall gold = CALL.header("x-user", "gold");
		int admitted = 0;
		for (int millis = 0; millis < 1_000; millis++) {
			this.time.advance(Duration.ofMillis(1));
			for (Policy policy : policies) {
				admitted += (policy.tryAcquire(gold) instanceof Decision.Admitted) ? 1 : 0;
			}
			one.exchange();
			other.exchange();
		}
		assertThat(admitted).isBetween(38, 44);
	}

}
