// SPDX-License-Identifier: Apache-2.0

package io.governance.policy.ratelimit;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import io.governance.match.CallKey;
import io.governance.match.Match;
import io.governance.policy.Decision;
import io.governance.policy.Direction;
import io.governance.policy.Enforcement;
import io.governance.policy.FakeCall;
import io.governance.policy.Policy;
import io.governance.policy.Reason;
import io.governance.policy.Stage;
import io.governance.rule.TestContext;
import io.governance.schema.Violation;
import io.governance.time.ManualTimeSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class RateLimitRuleTypeTests {

	private final RateLimitRuleType type = new RateLimitRuleType();

	private static RateLimitRule rule(long limit, @Nullable Duration per, @Nullable Long burst,
			@Nullable Integer maxKeys) {
		return new RateLimitRule(null, null, 0, null, limit, per, burst, maxKeys);
	}

	private static RateLimitRule keyed(String key) {
		return new RateLimitRule(null, null, 0, CallKey.parse(key), 1, null, null, null);
	}

	@Test
	void absentComponentsTakeTheirDefaults() {
		RateLimitRule rule = rule(7, null, null, null);
		assertThat(rule).isEqualTo(
				new RateLimitRule(Match.ANY, Enforcement.ENFORCED, 0, null, 7, Duration.ofSeconds(1), 7L, 10_000));
		assertThat(this.type.validate(rule)).isEmpty();
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
	@ValueSource(strings = { "header:x", "query:x", "cookie:x", "label:x", "client-ip", "caller" })
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
		assertThat(this.type.events()).containsExactly("overflow");
		assertThat(this.type.defaults()).isEmpty();
	}

	@Test
	void bucketsAreKeptWhenOnlyMatchPriorityOrEnforcementChange() {
		TestContext context = new TestContext("rate-limit/r", new ManualTimeSource());
		RateLimitRule before = rule(1, null, null, null);
		Policy running = this.type.newPolicy(before, context.context());
		RateLimitRule after = new RateLimitRule(Match.service("orders"), Enforcement.SHADOW, 3, null, 1, null, null,
				null);
		running.tryAcquire(FakeCall.at("orders"));
		Policy next = this.type.inherit(running, before, after, context.context());
		assertThat(next).isSameAs(running);
		assertThat(next.tryAcquire(FakeCall.at("orders"))).isInstanceOf(Decision.Rejected.class);
	}

	static List<RateLimitRule> otherLimits() {
		return Stream
			.of(rule(2, null, 1L, null), rule(1, Duration.ofSeconds(2), null, null), rule(1, null, 2L, null),
					rule(1, null, null, 9), keyed("caller"))
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

}
