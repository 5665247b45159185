// SPDX-License-Identifier: Apache-2.0

package io.governance.policy.ratelimit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.governance.lease.SimulatedLeases;
import io.governance.lease.SimulatedStore;
import io.governance.policy.Decision;
import io.governance.policy.FakeCall;
import io.governance.policy.Policy;
import io.governance.rule.TestContext;
import io.governance.time.ManualTimeSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Limits with fewer permits than there are instances.
 */
class SmallClusterLimitTests {

	private static final int INSTANCES = 3;

	private static final FakeCall CALL = FakeCall.at("orders").header("x-user", "ann");

	private final ManualTimeSource time = new ManualTimeSource(1_000_000_000_000L);

	private final SimulatedStore store = new SimulatedStore(this.time);

	private final List<SimulatedLeases> leases = new ArrayList<>();

	private final List<Policy> policies = new ArrayList<>();

	private void start(TestLimit limit) {
		RateLimitRule rule = limit.cluster().rule();
		for (int i = 0; i < INSTANCES; i++) {
			SimulatedLeases mine = new SimulatedLeases("i" + i, INSTANCES, this.store, this.time);
			this.leases.add(mine);
			this.policies.add(new RateLimitRuleType().newPolicy(rule,
					new TestContext("rate-limit/r", this.time, mine).context()));
		}
	}

	/**
	 * Calls one instance after the other, and exchanges with the store all the while.
	 * @return how many calls were admitted
	 */
	private int admitted(int calls, Duration apart) {
		int admitted = 0;
		for (int i = 0; i < calls; i++) {
			admitted += (this.policies.get(i % INSTANCES).tryAcquire(CALL) instanceof Decision.Admitted) ? 1 : 0;
			for (long passed = 0; passed < apart.toMillis(); passed += 100) {
				this.time.advance(Duration.ofMillis(100));
				this.leases.forEach(SimulatedLeases::exchange);
			}
		}
		return admitted;
	}

	@ParameterizedTest
	@ValueSource(longs = { 100, 1_000, 5_000, 20_000 })
	void isReachedByCallsThatAreTooManyHoweverFarApart(long apartMillis) {
		start(TestLimit.of(1).perMillis(60_000));
		int minutes = 60;
		int admitted = admitted((int) (minutes * 60_000 / apartMillis), Duration.ofMillis(apartMillis));
		assertThat(admitted).isBetween((int) (0.9 * minutes), minutes + INSTANCES);
	}

	@ParameterizedTest
	@ValueSource(longs = { 1_000, 5_000, 20_000 })
	void ofAKeyIsReachedToo(long apartMillis) {
		start(TestLimit.of(2).perMillis(60_000).key("header:x-user"));
		int minutes = 60;
		int admitted = admitted((int) (minutes * 60_000 / apartMillis), Duration.ofMillis(apartMillis));
		assertThat(admitted).isBetween((int) (0.9 * 2 * minutes), 2 * minutes + INSTANCES);
	}

	@Test
	void rejectsHardlyACallOfACallerThatKeepsToIt() {
		start(TestLimit.of(1).perMillis(60_000));
		assertThat(admitted(30, Duration.ofSeconds(61))).isGreaterThanOrEqualTo(27);
	}

}
