// SPDX-License-Identifier: Apache-2.0

package io.governance.policy.ratelimit;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.governance.match.Match;
import io.governance.policy.Decision;
import io.governance.policy.Direction;
import io.governance.policy.Enforcement;
import io.governance.policy.FakeCall;
import io.governance.policy.Policy;
import io.governance.policy.Reason;
import io.governance.policy.Stage;
import io.governance.policy.ratelimit.RateLimitRule.OnStoreFailure;
import io.governance.policy.ratelimit.RateLimitRule.Scope;
import io.governance.rule.TestContext;
import io.governance.schema.Violation;
import io.governance.time.ManualTimeSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class RateLimitRuleTypeTests {

	private static final Match OUTBOUND = new Match(Direction.OUTBOUND, null, List.of(), null, List.of(), Map.of(),
			Map.of(), null, Map.of());

	private final RateLimitRuleType type = new RateLimitRuleType();

	private static RateLimitRule rule(long limit, @Nullable Duration per, @Nullable Long burst,
			@Nullable Integer maxKeys) {
		return TestLimit.of(limit).per(per).burst(burst).maxKeys(maxKeys).rule();
	}

	private static RateLimitRule keyed(String key) {
		return TestLimit.of(1).key(key).rule();
	}

	@Test
	void absentComponentsTakeTheirDefaults() {
		RateLimitRule rule = rule(7, null, null, null);
		assertThat(rule).isEqualTo(new RateLimitRule(Match.ANY, Enforcement.ENFORCED, 0, null, 7, Duration.ofSeconds(1),
				7L, null, null, Map.of(), false, 10_000, Scope.INSTANCE, OnStoreFailure.LOCAL_SHARE));
		assertThat(this.type.validate(rule)).isEmpty();
	}

	@Test
	void withPacingCallsComeOneByOneByDefault() {
		RateLimitRule rule = TestLimit.of(7).key("caller").pacing(null).override("a", 9, null).rule();
		assertThat(rule.burst()).isEqualTo(1);
		assertThat(rule.pacing()).isEqualTo(new Pacing(Duration.ofMillis(500)));
		assertThat(rule.rate(new KeyLimit(9, null)).burst()).isEqualTo(1);
		assertThat(rule.rate(new KeyLimit(9, 4L)).burst()).isEqualTo(4);
		assertThat(this.type.validate(rule)).isEmpty();
	}

	@Test
	void theBurstOfAnOverrideIsItsLimitByDefault() {
		RateLimitRule rule = TestLimit.of(7).per(Duration.ofMinutes(1)).key("caller").override("a", 9, null).rule();
		assertThat(rule.rate(new KeyLimit(9, null)))
			.isEqualTo(new Rate(9, Duration.ofMinutes(1), 9, Duration.ZERO, Duration.ZERO));
	}

	@Test
	void overridesPrintTheSameInEveryOrder() {
		TestLimit one = TestLimit.of(1).key("caller").override("a", 1, null).override("b", 2, null);
		TestLimit other = TestLimit.of(1).key("caller").override("b", 2, null).override("a", 1, null);
		assertThat(one.rule()).hasToString(other.rule().toString());
	}

	static List<Arguments> faults() {
		return List.of(fault(TestLimit.of(1).pacingMillis(0), "pacing.max-wait", "PT0S", "1ms to 1m"),
				fault(TestLimit.of(1).pacingMillis(-5), "pacing.max-wait", "PT-0.005S", "1ms to 1m"),
				fault(TestLimit.of(1).pacingMillis(60_001), "pacing.max-wait", "PT1M0.001S", "1ms to 1m"),
				fault(TestLimit.of(1).warmUp(Duration.ofMillis(999)), "warm-up", "PT0.999S", "1s to 1h"),
				fault(TestLimit.of(1).warmUp(Duration.ofMinutes(61)), "warm-up", "PT1H1M", "1s to 1h"),
				fault(TestLimit.of(1_001).perMillis(1).pacingMillis(1), "limit", "1001",
						"at most one call per microsecond with pacing or warm-up"),
				fault(TestLimit.of(1_001).perMillis(1).warmUp(Duration.ofSeconds(1)), "limit", "1001",
						"at most one call per microsecond with pacing or warm-up"),
				fault(TestLimit.of(1).override("a", 1, null), "overrides", "1", "none without key"),
				fault(TestLimit.of(1).key("caller").override("gold-1", 0, null), "overrides.gold-1.limit", "0",
						"1 or more"),
				fault(TestLimit.of(1).key("caller").override("a@b.c", 1, -1L), "overrides[a@b.c].burst", "-1",
						"1 or more"),
				fault(TestLimit.of(1).perMillis(1).key("caller").override("Gold", 1_000_001, null),
						"overrides[Gold].limit", "1000001", "at most one call per nanosecond"),
				fault(TestLimit.of(1).match(OUTBOUND).headers(), "headers", "true",
						"false for outbound calls: there is nobody to tell"));
	}

	private static Arguments fault(TestLimit limit, String component, String value, String expected) {
		return Arguments.of(limit.rule(), new Violation(component, value, expected));
	}

	@ParameterizedTest
	@MethodSource("faults")
	void refusesPacingWarmUpAndOverridesThatAreOutOfBounds(RateLimitRule rule, Violation violation) {
		assertThat(this.type.validate(rule)).containsExactly(violation);
	}

	@Test
	void overridesAreBounded() {
		TestLimit limit = TestLimit.of(1).key("caller");
		for (int i = 0; i < 1_000; i++) {
			limit.override("k" + i, 1, null);
		}
		assertThat(this.type.validate(limit.rule())).isEmpty();
		assertThat(this.type.validate(limit.override("one-more", 0, null).rule()))
			.containsExactly(new Violation("overrides", "1001", "up to 1000 keys"));
	}

	@Test
	void boundsOfPacingAndWarmUpThemselvesAreTaken() {
		assertThat(this.type
			.validate(TestLimit.of(1_000).perMillis(1).pacingMillis(1).warmUp(Duration.ofSeconds(1)).rule())).isEmpty();
		assertThat(this.type
			.validate(TestLimit.of(1).pacing(Duration.ofMinutes(1)).warmUp(Duration.ofHours(1)).headers().rule()))
			.isEmpty();
	}

	@ParameterizedTest(name = "limit {0} burst {1} per {2} max-keys {3}: {4}")
	@CsvSource(delimiter = '|', nullValues = "-", textBlock = """
			0          | -  | -          | -       | limit    | 0          | 1 or more
			-3         | -  | -          | -       | limit    | -3         | 1 or more
			-3         | 5  | -          | -       | limit    | -3         | 1 or more
			1          | 0  | -          | -       | burst    | 0          | 1 or more
			1          | -1 | -          | -       | burst    | -1         | 1 or more
			1          | -  | PT0S       | -       | per      | PT0S       | 1ms to 1d
			1          | -  | -PT1S      | -       | per      | PT-1S      | 1ms to 1d
			1          | -  | PT0.0009S  | -       | per      | PT0.0009S  | 1ms to 1d
			1          | -  | P1DT0.001S | -       | per      | PT24H0.001S | 1ms to 1d
			1000001    | -  | PT0.001S   | -       | limit    | 1000001    | at most one call per nanosecond
			1          | -  | -          | 0       | max-keys | 0          | 1 to 1000000
			1          | -  | -          | -1      | max-keys | -1         | 1 to 1000000
			1          | -  | -          | 1000001 | max-keys | 1000001    | 1 to 1000000
			""")
	void refusesWhatIsOutOfBounds(long limit, @Nullable Long burst, @Nullable Duration per, @Nullable Integer maxKeys,
			String component, String value, String expected) {
		assertThat(this.type.validate(rule(limit, per, burst, maxKeys)))
			.containsExactly(new Violation(component, value, expected));
	}

	@Test
	void boundsThemselvesAreTaken() {
		assertThat(this.type.validate(rule(1_000_000, Duration.ofMillis(1), Long.MAX_VALUE, 1_000_000))).isEmpty();
		assertThat(this.type.validate(rule(1, Duration.ofDays(1), 1L, 1))).isEmpty();
	}

	@Test
	void absurdPeriodIsAFaultAndNotAnError() {
		assertThat(this.type.validate(rule(1, Duration.ofSeconds(Long.MAX_VALUE), null, null)))
			.extracting(Violation::component)
			.containsExactly("per");
	}

	@Test
	void allFaultsAreCollected() {
		assertThat(this.type.validate(rule(-1, Duration.ZERO, null, -1))).extracting(Violation::component)
			.containsExactly("limit", "per", "max-keys");
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "header:x", "query:x", "cookie:x", "label:x", "client-ip", "caller", "service", "operation" })
	void keysThatNeedNoPrincipalAreLimitedAtTheEdge(String key) {
		assertThat(this.type.stage(keyed(key), Direction.INBOUND)).isEqualTo(Stage.EDGE_RATE_LIMIT);
		assertThat(this.type.stage(keyed(key), Direction.OUTBOUND)).isEqualTo(Stage.RATE_LIMIT);
	}

	@Test
	void principalIsKnownAfterSecurityOnly() {
		assertThat(this.type.stage(keyed("principal"), Direction.INBOUND)).isEqualTo(Stage.IDENTIFIED_RATE_LIMIT);
		assertThat(this.type.stage(rule(1, null, null, null), Direction.INBOUND)).isEqualTo(Stage.EDGE_RATE_LIMIT);
	}

	@Test
	void declaresItself() {
		assertThat(this.type.name()).isEqualTo("rate-limit");
		assertThat(this.type.ruleClass()).isEqualTo(RateLimitRule.class);
		assertThat(this.type.directions()).containsExactly(Direction.INBOUND, Direction.OUTBOUND);
		assertThat(this.type.isAdditive()).isTrue();
		assertThat(this.type.reasons()).containsExactly(Reason.RATE_LIMITED);
		assertThat(this.type.events()).containsExactlyInAnyOrder("overflow", "delayed", "leased", "lease-failed");
		assertThat(this.type.defaults()).isEmpty();
	}

	@Test
	void bucketsAreKeptWhenOnlyMatchPriorityOrEnforcementChange() {
		TestContext context = new TestContext("rate-limit/r", new ManualTimeSource());
		RateLimitRule before = rule(1, null, null, null);
		Policy running = this.type.newPolicy(before, context.context());
		RateLimitRule after = TestLimit.of(1)
			.match(Match.service("orders"))
			.enforcement(Enforcement.SHADOW)
			.priority(3)
			.rule();
		running.tryAcquire(FakeCall.at("orders"));
		Policy next = this.type.inherit(running, before, after, context.context());
		assertThat(next).isSameAs(running);
		assertThat(next.tryAcquire(FakeCall.at("orders"))).isInstanceOf(Decision.Rejected.class);
	}

	static List<RateLimitRule> otherLimits() {
		return Stream
			.of(rule(2, null, 1L, null), rule(1, Duration.ofSeconds(2), null, null), rule(1, null, 2L, null),
					rule(1, null, null, 9), keyed("caller"), TestLimit.of(1).pacingMillis(1).rule(),
					TestLimit.of(1).warmUp(Duration.ofSeconds(1)).rule())
			.toList();
	}

	@ParameterizedTest
	@MethodSource("otherLimits")
	void otherLimitStartsAnew(RateLimitRule after) {
		TestContext context = new TestContext("rate-limit/r", new ManualTimeSource());
		RateLimitRule before = rule(1, null, null, null);
		Policy running = this.type.newPolicy(before, context.context());
		running.tryAcquire(FakeCall.at("orders"));
		Policy next = this.type.inherit(running, before, after, context.context());
		assertThat(next).isNotSameAs(running);
		assertThat(next.tryAcquire(FakeCall.at("orders"))).isInstanceOf(Decision.Admitted.class);
	}

	@Test
	void bucketsAreKeptWhenHeadersOrOtherKeysLimitsChange() {
		TestContext context = new TestContext("rate-limit/r", new ManualTimeSource());
		RateLimitRule before = TestLimit.of(1).key("caller").override("gold", 3, null).override("lead", 1, 2L).rule();
		Policy running = this.type.newPolicy(before, context.context());
		List.of("ann", "gold", "lead").forEach((caller) -> running.tryAcquire(by(caller)));
		RateLimitRule after = TestLimit.of(1)
			.key("caller")
			.override("gold", 3, 3L)
			.override("lead", 1, 5L)
			.override("new", 7, null)
			.headers()
			.rule();
		Policy next = this.type.inherit(running, before, after, context.context());
		assertThat(admitted(next, "ann")).isZero();
		assertThat(admitted(next, "gold")).isEqualTo(2);
		assertThat(admitted(next, "lead")).as("its own limit changed").isEqualTo(5);
		assertThat(admitted(next, "new")).isEqualTo(7);
		assertThat(next.state()).isEqualTo("keys=1");
	}

	@Test
	void overridesAreKeptWhenTheLimitOfOthersChanges() {
		TestContext context = new TestContext("rate-limit/r", new ManualTimeSource());
		RateLimitRule before = TestLimit.of(1).key("caller").override("gold", 3, null).rule();
		Policy running = this.type.newPolicy(before, context.context());
		List.of("ann", "gold").forEach((caller) -> running.tryAcquire(by(caller)));
		RateLimitRule after = TestLimit.of(2).key("caller").override("gold", 3, null).rule();
		Policy next = this.type.inherit(running, before, after, context.context());
		assertThat(admitted(next, "ann")).isEqualTo(2);
		assertThat(admitted(next, "gold")).isEqualTo(2);
	}

	@Test
	void nothingIsKeptUnderAnotherKey() {
		TestContext context = new TestContext("rate-limit/r", new ManualTimeSource());
		RateLimitRule before = TestLimit.of(1).key("caller").override("gold", 3, null).rule();
		Policy running = this.type.newPolicy(before, context.context());
		running.tryAcquire(by("gold"));
		RateLimitRule after = TestLimit.of(1).key("header:x").override("gold", 3, null).rule();
		Policy next = this.type.inherit(running, before, after, context.context());
		assertThat(next.tryAcquire(FakeCall.at("orders").header("x", "gold"))).isInstanceOf(Decision.Admitted.class);
		assertThat(next.state()).isEqualTo("keys=0");
	}

	private static FakeCall by(String caller) {
		return FakeCall.at("orders").caller(caller);
	}

	private static int admitted(Policy policy, String caller) {
		int admitted = 0;
		while (policy.tryAcquire(by(caller)) instanceof Decision.Admitted) {
			admitted++;
		}
		return admitted;
	}

}
