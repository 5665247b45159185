// SPDX-License-Identifier: Apache-2.0

package io.governance.policy.ratelimit;

import java.time.Duration;
import java.util.List;

import io.governance.policy.Decision;
import io.governance.policy.FakeCall;
import io.governance.policy.Outcome;
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
		return policy(TestLimit.of(limit).key(key).per(per).burst(burst).maxKeys(maxKeys));
	}

	private Policy policy(TestLimit limit) {
		RateLimitRule rule = limit.rule();
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
		Rejection rejection = rejection(policy, call);
		assertThat(rejection.reason()).isEqualTo(Reason.RATE_LIMITED);
		assertThat(rejection.rule()).isEqualTo("rate-limit/r");
		assertThat(rejection.retryAfterNanos()).isEqualTo(Duration.ofMillis(millis).toNanos());
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
		Policy policy = this.type.newPolicy(TestLimit.of(2).key("caller").rule(),
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

	@Test
	void servicesAndOperationsAreKeysToo() {
		Policy byService = policy("service", 1, Duration.ofSeconds(1), null, null);
		assertThat(admits(byService, FakeCall.to("orders"))).isTrue();
		assertThat(admits(byService, FakeCall.to("orders"))).isFalse();
		assertThat(admits(byService, FakeCall.to("stock"))).isTrue();
		Policy byOperation = policy("operation", 1, Duration.ofSeconds(1), null, null);
		assertThat(admits(byOperation, FakeCall.at("orders").path("/orders/17"))).isTrue();
		assertThat(admits(byOperation, FakeCall.at("orders").path("/orders/18"))).isFalse();
		assertThat(admits(byOperation, FakeCall.at("orders").path("/orders/18").method("POST"))).isTrue();
	}

	@Test
	void aKeyMayHaveALimitOfItsOwn() {
		Policy policy = policy(
				TestLimit.of(2).key("header:x-user").override("gold", 5, 9L).override("lead", 1, null).maxKeys(1));
		assertThat(admitted(policy, user("gold"), 20)).isEqualTo(9);
		assertThat(admitted(policy, user("lead"), 20)).isEqualTo(1);
		assertThat(admitted(policy, user("ann"), 20)).isEqualTo(2);
		this.time.advanceSeconds(1);
		assertThat(admitted(policy, user("gold"), 20)).isEqualTo(5);
		assertThat(admitted(policy, user("lead"), 20)).isEqualTo(1);
		assertThat(policy.state()).isEqualTo("keys=1");
		assertThat(this.context.counted("overflow")).isZero();
	}

	@Test
	void aFloodOfKeysDoesNotTouchAKeyWithALimitOfItsOwn() {
		Policy policy = policy(TestLimit.of(1).key("header:x-user").override("gold", 5, null).maxKeys(10));
		for (int i = 0; i < 1_000; i++) {
			policy.tryAcquire(user("flood-" + i));
		}
		assertThat(admitted(policy, user("gold"), 20)).isEqualTo(5);
	}

	@Test
	void aLongKeyMayHaveALimitOfItsOwn() {
		String longName = "u".repeat(5_000);
		Policy policy = policy(TestLimit.of(1).key("header:x-user").override(longName, 5, null));
		assertThat(admitted(policy, user(longName), 20)).isEqualTo(5);
		assertThat(admitted(policy, user(longName + "1"), 20)).isEqualTo(1);
	}

	@Test
	void pacedCallsAreDelayed() {
		Policy policy = policy(TestLimit.of(10).key("header:x-user").pacingMillis(150).override("gold", 100, null));
		assertThat(policy.tryAcquire(user("ann"))).isSameAs(Decision.ADMITTED);
		assertThat(((Decision.Delayed) policy.tryAcquire(user("ann"))).waitNanos()).isEqualTo(100_000_000);
		assertThat(rejection(policy, user("ann")).retryAfterNanos()).isEqualTo(50_000_000);
		assertThat(policy.tryAcquire(user("bob"))).isSameAs(Decision.ADMITTED);
		assertThat(policy.tryAcquire(user("gold"))).isSameAs(Decision.ADMITTED);
		assertThat(((Decision.Delayed) policy.tryAcquire(user("gold"))).waitNanos()).isEqualTo(10_000_000);
		assertThat(this.context.counted("delayed")).isEqualTo(2);
	}

	@Test
	void aRejectionTellsOfTheQuotaThatIsUsedUp() {
		Policy policy = policy(
				TestLimit.of(10).per(Duration.ofMinutes(1)).key("header:x-user").override("gold", 20, 1L));
		admitted(policy, user("ann"), 10);
		assertThat(rejection(policy, user("ann")).quota()).isEqualTo(new Decision.Quota("r", 10, 60, 0, 6));
		policy.tryAcquire(user("gold"));
		assertThat(rejection(policy, user("gold")).quota()).isEqualTo(new Decision.Quota("r", 20, 60, 0, 3));
	}

	@Test
	void admittedCallsAreToldOfTheirQuotaIfTheRuleSaysSo() {
		Policy policy = policy(TestLimit.of(10).per(Duration.ofMinutes(1)).burst(15L).headers());
		FakeCall call = FakeCall.at("orders");
		assertThat(quotas(policy.tryAcquire(call))).containsExactly(new Decision.Quota("r", 10, 60, 14, 6));
		assertThat(quotas(policy.tryAcquire(call))).containsExactly(new Decision.Quota("r", 10, 60, 13, 12));
		this.time.advanceSeconds(12);
		assertThat(quotas(policy.tryAcquire(call))).containsExactly(new Decision.Quota("r", 10, 60, 14, 6));
	}

	@Test
	void delayedCallsAreToldTooAndGiveTheirTurnsBack() {
		Policy policy = policy(TestLimit.of(10).per(Duration.ofMinutes(1)).pacing(Duration.ofSeconds(10)).headers());
		FakeCall call = FakeCall.at("orders");
		assertThat(quotas(policy.tryAcquire(call))).containsExactly(new Decision.Quota("r", 10, 60, 0, 6));
		Decision.Delayed delayed = (Decision.Delayed) policy.tryAcquire(call);
		assertThat(delayed.permit().quotas()).containsExactly(new Decision.Quota("r", 10, 60, 0, 12));
		delayed.permit().release(Outcome.failure(Outcome.Kind.CANCELLED, null, 0));
		assertThat(((Decision.Delayed) policy.tryAcquire(call)).waitNanos()).isEqualTo(delayed.waitNanos());
	}

	private static List<Decision.Quota> quotas(Decision decision) {
		return ((Decision.Admitted) decision).permit().quotas();
	}

	@ParameterizedTest
	@CsvSource(textBlock = """
			false, available=9
			true,  available=0 wait=100ms rate=100%
			""")
	void stateWithoutAKeyIsThatOfTheOneLimiter(boolean paced, String state) {
		TestLimit limit = TestLimit.of(10);
		Policy policy = policy(paced ? limit.pacingMillis(100) : limit);
		policy.tryAcquire(FakeCall.at("orders"));
		assertThat(policy.state()).isEqualTo(state);
	}

}
