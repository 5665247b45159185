// SPDX-License-Identifier: Apache-2.0

package io.governance.policy.ratelimit;

import java.time.Duration;

import io.governance.lease.SimulatedLeases;
import io.governance.lease.SimulatedStore;
import io.governance.policy.Decision;
import io.governance.policy.FakeCall;
import io.governance.policy.Policy;
import io.governance.policy.Policy.Forecast;
import io.governance.policy.ratelimit.RateLimitRule.OnStoreFailure;
import io.governance.rule.TestContext;
import io.governance.time.ManualTimeSource;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A store that answers late, but not so late that it is away.
 */
class SlowStoreTests {

	private static final FakeCall CALL = FakeCall.at("orders");

	private final ManualTimeSource time = new ManualTimeSource(1_000_000_000_000L);

	private final SimulatedStore store = new SimulatedStore(this.time);

	private final SimulatedLeases leases = new SimulatedLeases("a", 2, this.store, this.time);

	private Policy policy(OnStoreFailure failure) {
		return new RateLimitRuleType().newPolicy(TestLimit.of(500).cluster().onStoreFailure(failure).rule(),
				new TestContext("rate-limit/r", this.time, this.leases).context());
	}

	private int admitted(Policy policy, Duration span, int everyMillis, Runnable exchange) {
		int admitted = 0;
		for (int millis = 0; millis < span.toMillis(); millis++) {
			this.time.advance(Duration.ofMillis(1));
			if (millis % everyMillis == 0) {
				boolean expected = policy.foresee(CALL).verdict() == Forecast.Verdict.ADMIT;
				boolean admission = policy.tryAcquire(CALL) instanceof Decision.Admitted;
				assertThat(admission).as("as foreseen").isEqualTo(expected);
				admitted += admission ? 1 : 0;
			}
			exchange.run();
		}
		return admitted;
	}

	@Test
	void leavesCallsAloneThatKeepToTheShareOfTheInstance() {
		Policy policy = policy(OnStoreFailure.LOCAL_SHARE);
		admitted(policy, Duration.ofSeconds(2), 4, this.leases::exchange);
		assertThat(admitted(policy, Duration.ofMillis(900), 4, this.leases::send)).isEqualTo(900 / 4);
	}

	@Test
	void hasMoreCallsThanTheShareRejected() {
		Policy policy = policy(OnStoreFailure.LOCAL_SHARE);
		admitted(policy, Duration.ofSeconds(2), 1, this.leases::exchange);
		int lent = 75;
		assertThat(admitted(policy, Duration.ofMillis(900), 1, this.leases::send)).isBetween(200, 225 + lent);
	}

	@Test
	void isToldWhatWasAdmittedMeanwhile() {
		Policy policy = policy(OnStoreFailure.LOCAL_SHARE);
		int admitted = 0;
		for (int i = 0; i < 10; i++) {
			admitted += admitted(policy, Duration.ofMillis(900), 1, this.leases::send);
			this.leases.answer();
			admitted += admitted(policy, Duration.ofMillis(100), 1, this.leases::exchange);
		}
		assertThat(admitted).isBetween(2_500, 10 * 500 + 500);
	}

	@Test
	void admitsNothingOfARuleThatRejectsWithoutAStore() {
		Policy policy = policy(OnStoreFailure.CLOSED);
		admitted(policy, Duration.ofSeconds(2), 4, this.leases::exchange);
		assertThat(admitted(policy, Duration.ofMillis(900), 4, this.leases::send)).isLessThan(100);
	}

}
