// SPDX-License-Identifier: Apache-2.0

package io.governance.policy.ratelimit;

import java.time.Duration;

import io.governance.match.CallKey;
import io.governance.policy.Decision;
import io.governance.policy.FakeCall;
import io.governance.policy.Policy;
import io.governance.policy.Reason;
import io.governance.policy.Rejection;
import io.governance.rule.TestContext;
import io.governance.time.ManualTimeSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

class RateLimitPolicyTests {

	private final ManualTimeSource time = new ManualTimeSource();

	private final TestContext context = new TestContext("rate-limit/r", this.time);

	private final RateLimitRuleType type = new RateLimitRuleType();

	private Policy policy(@Nullable String key, long limit, Duration per, @Nullable Long burst,
			@Nullable Integer maxKeys) {
		RateLimitRule rule = new RateLimitRule(null, null, 0, (key != null) ? CallKey.parse(key) : null, limit, per,
				burst, maxKeys);
		assertThat(this.type.validate(rule)).isEmpty();
		return this.type.newPolicy(rule, this.context.context());
	}

	private Policy perSecond(long limit, @Nullable Long burst) {
		return policy(null, limit, Duration.ofSeconds(1), burst, null);
	}

	private static boolean admits(Policy policy, FakeCall call) {
		return policy.tryAcquire(call) instanceof Decision.Admitted;
	}

	private static int admitted(Policy policy, FakeCall call, int calls) {
		int admitted = 0;
		for (int i = 0; i < calls; i++) {
			admitted += admits(policy, call) ? 1 : 0;
		}
		return admitted;
	}

	private static FakeCall user(String user) {
		return FakeCall.at("orders").header("x-user", user);
	}

	private static Rejection rejection(Policy policy, FakeCall call) {
		return ((Decision.Rejected) policy.tryAcquire(call)).rejection();
	}

	@Test
	void burstIsTheLimitByDefault() {
		assertThat(admitted(perSecond(5, null), FakeCall.at("orders"), 20)).isEqualTo(5);
	}

	@Test
	void burstMayComeAtOnce() {
		assertThat(admitted(perSecond(5, 12L), FakeCall.at("orders"), 20)).isEqualTo(12);
	}

	@Test
	void tokensRefillEvenly() {
		Policy policy = perSecond(10, null);
		FakeCall call = FakeCall.at("orders");
		assertThat(admitted(policy, call, 100)).isEqualTo(10);
		this.time.advance(Duration.ofMillis(99));
		assertThat(admits(policy, call)).isFalse();
		this.time.advance(Duration.ofMillis(1));
		assertThat(admitted(policy, call, 100)).isEqualTo(1);
		this.time.advance(Duration.ofMillis(450));
		assertThat(admitted(policy, call, 100)).isEqualTo(4);
		this.time.advanceSeconds(1_000);
		assertThat(admitted(policy, call, 100)).isEqualTo(10);
	}

	@ParameterizedTest(name = "{0} per {1} is back after {2} ms")
	@CsvSource(textBlock = """
			10,   PT1S,  100
			1,    PT1S,  1000
			1,    PT1M,  60000
			100,  PT1S,  10
			4,    PT1S,  250
			1000, PT1S,  1
			1,    P1D,   86400000
			""")
	void rejectionSaysWhenToComeBack(long limit, Duration per, long millis) {
		Policy policy = policy(null, limit, per, null, null);
		FakeCall call = FakeCall.at("orders");
		assertThat(admitted(policy, call, (int) limit)).isEqualTo(limit);
		assertThat(rejection(policy, call))
			.isEqualTo(new Rejection(Reason.RATE_LIMITED, "rate-limit/r", Duration.ofMillis(millis).toNanos()));
		this.time.advance(Duration.ofMillis(millis));
		assertThat(admits(policy, call)).isTrue();
	}

	@Test
	void timeToComeBackCountsDown() {
		Policy policy = perSecond(1, null);
		FakeCall call = FakeCall.at("orders");
		policy.tryAcquire(call);
		this.time.advance(Duration.ofMillis(300));
		assertThat(rejection(policy, call).retryAfterNanos()).isEqualTo(700_000_000L);
		assertThat(rejection(policy, call).retryAfterSeconds()).isEqualTo(1);
		this.time.advanceNanos(699_999_999L);
		assertThat(rejection(policy, call).retryAfterNanos()).isEqualTo(1);
	}

	@Test
	void rejectedCallsDoNotPutOffTheNextToken() {
		Policy policy = perSecond(1, null);
		FakeCall call = FakeCall.at("orders");
		policy.tryAcquire(call);
		for (int i = 0; i < 99; i++) {
			this.time.advance(Duration.ofMillis(10));
			assertThat(admits(policy, call)).isFalse();
		}
		this.time.advance(Duration.ofMillis(10));
		assertThat(admits(policy, call)).isTrue();
	}

	@Test
	void admissionHoldsNothing() {
		assertThat(perSecond(1, null).tryAcquire(FakeCall.at("orders"))).isSameAs(Decision.ADMITTED);
	}

	@Test
	void withoutAKeyAllCallsShareOneLimit() {
		Policy policy = perSecond(1, null);
		assertThat(admits(policy, user("ann"))).isTrue();
		assertThat(admits(policy, user("bob"))).isFalse();
		assertThat(policy.state()).isEqualTo("available=0");
	}

	@Test
	void keysAreLimitedApart() {
		Policy policy = policy("header:x-user", 2, Duration.ofSeconds(1), null, null);
		assertThat(admitted(policy, user("ann"), 5)).isEqualTo(2);
		assertThat(admitted(policy, user("bob"), 5)).isEqualTo(2);
		assertThat(admitted(policy, user("ann"), 5)).isZero();
		assertThat(policy.state()).isEqualTo("keys=2");
	}

	@Test
	void callsWithoutTheKeyShareOneLimit() {
		Policy policy = policy("header:x-user", 2, Duration.ofSeconds(1), null, null);
		assertThat(admitted(policy, FakeCall.at("orders"), 5)).isEqualTo(2);
		assertThat(admitted(policy, FakeCall.at("orders").path("/other"), 5)).isZero();
		assertThat(admits(policy, user("ann"))).isTrue();
	}

	@ParameterizedTest
	@ValueSource(longs = { Long.MIN_VALUE, -1, Long.MAX_VALUE / 2 })
	void originOfTheClockDoesNotMatter(long origin) {
		ManualTimeSource odd = new ManualTimeSource(origin);
		Policy policy = this.type.newPolicy(
				new RateLimitRule(null, null, 0, CallKey.parse("caller"), 2, Duration.ofSeconds(1), null, null),
				new TestContext("rate-limit/r", odd).context());
		assertThat(admitted(policy, FakeCall.at("orders"), 5)).isEqualTo(2);
		odd.advance(Duration.ofMillis(500));
		assertThat(admitted(policy, FakeCall.at("orders"), 5)).isEqualTo(1);
	}

	@Test
	void largestBurstAndFastestRateWork() {
		Policy policy = policy(null, 1_000_000_000L, Duration.ofSeconds(1), Long.MAX_VALUE, null);
		assertThat(policy.tryAcquire(FakeCall.at("orders"))).asInstanceOf(type(Decision.Admitted.class)).isNotNull();
		this.time.advanceSeconds(100);
		assertThat(admits(policy, FakeCall.at("orders"))).isTrue();
	}

	@Test
	void longKeysAreLimitedApart() {
		Policy policy = policy("header:x-user", 2, Duration.ofSeconds(1), null, null);
		String longName = "u".repeat(5_000);
		assertThat(admitted(policy, user(longName + "1"), 5)).isEqualTo(2);
		assertThat(admitted(policy, user(longName + "2"), 5)).isEqualTo(2);
		assertThat(admits(policy, user(longName + "1"))).isFalse();
		assertThat(policy.state()).isEqualTo("keys=2");
	}

}
