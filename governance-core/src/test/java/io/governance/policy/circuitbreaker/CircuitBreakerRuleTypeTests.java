// SPDX-License-Identifier: Apache-2.0

package io.governance.policy.circuitbreaker;

import java.time.Duration;
import java.util.List;

import io.governance.match.Match;
import io.governance.match.OutcomeMatch;
import io.governance.policy.Direction;
import io.governance.policy.Enforcement;
import io.governance.policy.Policy;
import io.governance.policy.Reason;
import io.governance.policy.Stage;
import io.governance.schema.Violation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class CircuitBreakerRuleTypeTests {

	private final CircuitBreakerRuleType type = new CircuitBreakerRuleType();

	private static CircuitBreakerRule defaults() {
		return new CircuitBreakerRule(null, null, 0, null, null, null, null, null, null, null, null, null, null, null,
				null);
	}

	private static CircuitBreakerRule with(String component, String value) {
		return new CircuitBreakerRule(null, null, 0, null, number(component, "failure-rate", value),
				duration(component, "slow-call", value), number(component, "slow-call-rate", value),
				integer(component, "minimum-calls", value), integer(component, "window-size", value),
				duration(component, "window", value), duration(component, "open-for", value),
				integer(component, "probes", value), null, integer(component, "max-keys", value), null);
	}

	private static Float number(String component, String name, String value) {
		return component.equals(name) ? Float.valueOf(value) : null;
	}

	private static Integer integer(String component, String name, String value) {
		return component.equals(name) ? Integer.valueOf(value) : null;
	}

	private static Duration duration(String component, String name, String value) {
		return component.equals(name) ? Duration.parse(value) : null;
	}

	@Test
	void absentComponentsTakeTheirDefaults() {
		CircuitBreakerRule rule = defaults();
		assertThat(rule.match()).isEqualTo(Match.ANY);
		assertThat(rule.enforcement()).isEqualTo(Enforcement.ENFORCED);
		assertThat(rule.failureRate()).isEqualTo(50f);
		assertThat(rule.slowCall()).isNull();
		assertThat(rule.slowCallRate()).isEqualTo(100f);
		assertThat(rule.minimumCalls()).isEqualTo(20);
		assertThat(rule.windowSize()).isEqualTo(100);
		assertThat(rule.window()).isNull();
		assertThat(rule.openFor()).isEqualTo(Duration.ofSeconds(10));
		assertThat(rule.probes()).isEqualTo(5);
		assertThat(rule.key()).hasToString("service");
		assertThat(rule.maxKeys()).isEqualTo(1_000);
		assertThat(rule.force()).isNull();
		assertThat(rule.failureOn()).map(OutcomeMatch::text)
			.containsExactly("connect", "reset", "timeout", "error", "5xx");
		assertThat(this.type.validate(rule)).isEmpty();
	}

	@ParameterizedTest(name = "{0}: {1}")
	@CsvSource(delimiter = '|', textBlock = """
			failure-rate   | 0         | 1 to 100 percent
			failure-rate   | 0.5       | 1 to 100 percent
			failure-rate   | -1        | 1 to 100 percent
			failure-rate   | 101       | 1 to 100 percent
			failure-rate   | NaN       | 1 to 100 percent
			slow-call-rate | 0         | 1 to 100 percent
			slow-call-rate | 100.5     | 1 to 100 percent
			minimum-calls  | 0         | 1 or more
			minimum-calls  | -1        | 1 or more
			window-size    | 0         | 1 to 10000
			window-size    | 10001     | 1 to 10000
			probes         | 0         | 1 to 10000
			probes         | 10001     | 1 to 10000
			open-for       | PT0S      | 1ms to 1d
			open-for       | -PT1S     | 1ms to 1d
			open-for       | PT0.0009S | 1ms to 1d
			open-for       | PT25H     | 1ms to 1d
			slow-call      | PT0S      | 1ms to 1d
			slow-call      | PT25H     | 1ms to 1d
			window         | PT0.5S    | whole seconds, 1s to 10m
			window         | PT1.5S    | whole seconds, 1s to 10m
			window         | PT601S    | whole seconds, 1s to 10m
			window         | -PT1S     | whole seconds, 1s to 10m
			max-keys       | 0         | 1 to 100000
			max-keys       | 100001    | 1 to 100000
			""")
	void refusesWhatIsOutOfBounds(String component, String value, String expected) {
		assertThat(this.type.validate(with(component, value))).singleElement().satisfies((violation) -> {
			assertThat(violation.component()).isEqualTo(component);
			assertThat(violation.expected()).isEqualTo(expected);
		});
	}

	@ParameterizedTest(name = "{0}: {1}")
	@CsvSource({ "failure-rate, 1", "failure-rate, 100", "minimum-calls, 1", "window-size, 1", "window-size, 10000",
			"probes, 1", "open-for, PT0.001S", "open-for, P1D", "slow-call, PT0.001S", "window, PT1S",
			"window, PT10M" })
	void takesTheBoundsThemselves(String component, String value) {
		assertThat(this.type.validate(with(component, value))).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "open-for", "slow-call", "window" })
	void absurdTimesAreFaultsAndNotErrors(String component) {
		assertThat(this.type.validate(with(component, Duration.ofSeconds(Long.MAX_VALUE).toString())))
			.extracting(Violation::component)
			.containsExactly(component);
	}

	@ParameterizedTest
	@CsvSource({ "100, 100000, 0", "101, 100000, 1", "10000, 1000, 0", "10000, 1001, 1" })
	void whatAllBreakersLookBackAtIsBounded(int windowSize, int maxKeys, int violations) {
		CircuitBreakerRule rule = new CircuitBreakerRule(null, null, 0, null, null, null, null, null, windowSize, null,
				null, null, null, maxKeys, null);
		assertThat(this.type.validate(rule)).hasSize(violations)
			.allMatch((violation) -> violation.component().equals("max-keys")
					&& violation.expected().contains("10000000"));
	}

	@Test
	void aWindowOfTimeCountsInSeconds() {
		CircuitBreakerRule rule = new CircuitBreakerRule(null, null, 0, null, null, null, null, null, 10_000,
				Duration.ofSeconds(100), null, null, null, 100_000, null);
		assertThat(this.type.validate(rule)).isEmpty();
	}

	@Test
	void allFaultsAreCollected() {
		CircuitBreakerRule rule = new CircuitBreakerRule(null, null, 0, null, -1f, Duration.ZERO, 0f, 0, 0,
				Duration.ZERO, Duration.ZERO, 0, null, 0, null);
		assertThat(this.type.validate(rule)).extracting(Violation::component)
			.containsExactly("failure-rate", "slow-call-rate", "minimum-calls", "window-size", "probes", "open-for",
					"slow-call", "window", "max-keys");
	}

	@Test
	void declaresItself() {
		assertThat(this.type.name()).isEqualTo("circuit-breaker");
		assertThat(this.type.ruleClass()).isEqualTo(CircuitBreakerRule.class);
		assertThat(this.type.directions()).containsExactly(Direction.OUTBOUND);
		assertThat(this.type.stage(defaults(), Direction.OUTBOUND)).isEqualTo(Stage.CIRCUIT_BREAKER);
		assertThat(this.type.isAdditive()).isFalse();
		assertThat(this.type.reasons()).containsExactly(Reason.CIRCUIT_OPEN);
		assertThat(this.type.events()).containsExactlyInAnyOrder("opened", "overflow");
		assertThat(this.type.defaults()).isEmpty();
	}

	@Test
	void openBreakerStaysOpenWhenOnlyMatchPriorityOrEnforcementChange() {
		BreakerTestBed breaker = new BreakerTestBed();
		breaker.calls(4, BreakerTestBed.FAILED);
		CircuitBreakerRule before = BreakerTestBed.rule(null);
		CircuitBreakerRule after = new CircuitBreakerRule(Match.service("inventory"), Enforcement.SHADOW, 7,
				before.key(), before.failureRate(), null, before.slowCallRate(), before.minimumCalls(),
				before.windowSize(), null, before.openFor(), before.probes(), before.failureOn(), before.maxKeys(),
				null);
		Policy next = this.type.inherit(breaker.policy, before, after, breaker.context.context());
		assertThat(next).isSameAs(breaker.policy);
		assertThat(next.state()).isEqualTo("inventory=OPEN");
	}

	static List<CircuitBreakerRule> otherBehaviours() {
		return List.of(with("failure-rate", "60"), with("slow-call", "PT1S"), with("slow-call-rate", "60"),
				with("minimum-calls", "9"), with("window-size", "9"), with("window", "PT9S"), with("open-for", "PT9S"),
				with("probes", "9"), with("max-keys", "9"), BreakerTestBed.rule(null, "503"),
				BreakerTestBed.keyed("operation", 1_000));
	}

	@ParameterizedTest
	@MethodSource("otherBehaviours")
	void otherBehaviourStartsAnew(CircuitBreakerRule after) {
		BreakerTestBed breaker = new BreakerTestBed(defaults());
		Policy next = this.type.inherit(breaker.policy, defaults(), after, breaker.context.context());
		assertThat(next).isNotSameAs(breaker.policy);
		assertThat(next.state()).isEmpty();
	}

}
