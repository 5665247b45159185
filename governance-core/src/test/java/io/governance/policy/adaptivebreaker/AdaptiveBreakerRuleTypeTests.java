// SPDX-License-Identifier: Apache-2.0

package io.governance.policy.adaptivebreaker;

import java.time.Duration;
import java.util.List;

import io.governance.match.CallKey;
import io.governance.match.Match;
import io.governance.match.OutcomeMatch;
import io.governance.policy.Decision;
import io.governance.policy.Direction;
import io.governance.policy.Enforcement;
import io.governance.policy.FakeCall;
import io.governance.policy.Policy;
import io.governance.policy.Reason;
import io.governance.policy.Segment;
import io.governance.policy.Stage;
import io.governance.schema.Violation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

class AdaptiveBreakerRuleTypeTests {

	private static final FakeCall CALL = FakeCall.to("inventory");

	private final AdaptiveBreakerRuleType type = new AdaptiveBreakerRuleType();

	private final AdaptiveBreakerTestBed breaker = new AdaptiveBreakerTestBed();

	private static AdaptiveBreakerRule defaults() {
		return AdaptiveBreakerTestBed.rule(null, null);
	}

	private static AdaptiveBreakerRule with(String component, String value) {
		return new AdaptiveBreakerRule(null, null, 0, component.equals("key") ? CallKey.parse(value) : null,
				integer(component, "max-keys", value), number(component, "k", value), number(component, "min-k", value),
				integer(component, "protection", value), component.equals("window") ? Duration.parse(value) : null,
				component.equals("count-drops") ? Boolean.valueOf(value) : null,
				component.equals("failure-on") ? List.of(OutcomeMatch.parse(value)) : null);
	}

	private static Double number(String component, String name, String value) {
		return component.equals(name) ? Double.valueOf(value) : null;
	}

	private static Integer integer(String component, String name, String value) {
		return component.equals(name) ? Integer.valueOf(value) : null;
	}

	private static Policy withFailures(AdaptiveBreakerTestBed bed) {
		bed.calls(100, AdaptiveBreakerTestBed.FAILED);
		assertThat(bed.admits()).isFalse();
		return bed.policy;
	}

	@Test
	void absentComponentsTakeTheirDefaults() {
		AdaptiveBreakerRule rule = defaults();
		assertThat(rule.match()).isEqualTo(Match.ANY);
		assertThat(rule.enforcement()).isEqualTo(Enforcement.ENFORCED);
		assertThat(rule.key()).hasToString("service");
		assertThat(rule.maxKeys()).isEqualTo(1_000);
		assertThat(rule.k()).isEqualTo(1.5);
		assertThat(rule.minK()).isEqualTo(1.1);
		assertThat(rule.protection()).isEqualTo(5);
		assertThat(rule.window()).isEqualTo(Duration.ofSeconds(10));
		assertThat(rule.countDrops()).isTrue();
		assertThat(rule.failureOn()).map(OutcomeMatch::text)
			.containsExactly("connect", "reset", "timeout", "error", "5xx");
		assertThat(this.type.validate(rule)).isEmpty();
	}

	@Test
	void aSmallKTakesMinKWithIt() {
		AdaptiveBreakerRule rule = with("k", "1.05");
		assertThat(rule.minK()).isEqualTo(1.05);
		assertThat(this.type.validate(rule)).isEmpty();
	}

	@ParameterizedTest(name = "{0}: {1}")
	@CsvSource(delimiter = '|',
			textBlock = """
					key        | client-ip | service, operation, caller, header:NAME, query:NAME, label:NAME or, at the gateway, cookie:NAME
					key        | principal | service, operation, caller, header:NAME, query:NAME, label:NAME or, at the gateway, cookie:NAME
					max-keys   | 0         | 1 to 100000
					max-keys   | -1        | 1 to 100000
					max-keys   | 100001    | 1 to 100000
					k          | 0.99      | 1 to 100
					k          | -1.5      | 1 to 100
					k          | 100.1     | 1 to 100
					k          | NaN       | 1 to 100
					k          | Infinity  | 1 to 100
					min-k      | 0.99      | 1 to k, which is 1.5
					min-k      | 1.51      | 1 to k, which is 1.5
					min-k      | NaN       | 1 to k, which is 1.5
					min-k      | -Infinity | 1 to k, which is 1.5
					protection | -1        | 0 to 1000000
					protection | 1000001   | 0 to 1000000
					window     | PT0S      | 1s to 10m
					window     | -PT10S    | 1s to 10m
					window     | PT0.999S  | 1s to 10m
					window     | PT601S    | 1s to 10m
					""")
	void refusesWhatIsOutOfBounds(String component, String value, String expected) {
		assertThat(this.type.validate(with(component, value))).singleElement().satisfies((violation) -> {
			assertThat(violation.component()).isEqualTo(component);
			assertThat(violation.expected()).isEqualTo(expected);
		});
	}

	@ParameterizedTest(name = "{0}: {1}")
	@CsvSource({ "key, operation", "key, caller", "key, header:x-user", "key, cookie:user", "max-keys, 1",
			"max-keys, 100000", "k, 1", "k, 100", "min-k, 1", "min-k, 1.5", "protection, 0", "protection, 1000000",
			"window, PT1S", "window, PT10M", "window, PT1.000000007S" })
	void takesTheBoundsThemselves(String component, String value) {
		assertThat(this.type.validate(with(component, value))).isEmpty();
	}

	@Test
	void anAbsurdWindowIsAFaultAndNotAnError() {
		assertThat(this.type.validate(with("window", Duration.ofSeconds(Long.MAX_VALUE).toString())))
			.extracting(Violation::component)
			.containsExactly("window");
	}

	@Test
	void allFaultsAreCollected() {
		AdaptiveBreakerRule rule = new AdaptiveBreakerRule(null, null, 0, CallKey.parse("principal"), 0, 0.5, 7.0, -1,
				Duration.ZERO, null, null);
		assertThat(this.type.validate(rule)).extracting(Violation::component)
			.containsExactly("key", "max-keys", "k", "protection", "window");
	}

	@Test
	void declaresItself() {
		assertThat(this.type.name()).isEqualTo("adaptive-breaker");
		assertThat(this.type.ruleClass()).isEqualTo(AdaptiveBreakerRule.class);
		assertThat(this.type.directions()).containsExactly(Direction.OUTBOUND);
		assertThat(this.type.stage(defaults(), Direction.OUTBOUND)).isEqualTo(Stage.ADAPTIVE_BREAKER);
		assertThat(Stage.ADAPTIVE_BREAKER.segment()).isEqualTo(Segment.ATTEMPT);
		assertThat(Stage.ADAPTIVE_BREAKER.ordinal()).isEqualTo(Stage.CIRCUIT_BREAKER.ordinal() + 1);
		assertThat(this.type.isAdditive()).isFalse();
		assertThat(this.type.reasons()).containsExactly(Reason.THROTTLED);
		assertThat(this.type.events()).containsExactly("overflow");
		assertThat(this.type.defaults()).isEmpty();
	}

	@Test
	void policyIsKeptWhenOnlyMatchPriorityOrEnforcementChange() {
		Policy running = withFailures(this.breaker);
		AdaptiveBreakerRule after = new AdaptiveBreakerRule(Match.service("inventory"), Enforcement.SHADOW, 7, null,
				null, null, null, null, null, null, null);
		assertThat(this.type.inherit(running, defaults(), after, this.breaker.context(this.breaker.shown)))
			.isSameAs(running);
	}

	@ParameterizedTest(name = "{0}: {1}")
	@CsvSource({ "k, 1.4", "min-k, 1.2", "protection, 50", "count-drops, false" })
	void countsAreKeptWhenTheFormulaChanges(String component, String value) {
		Policy running = withFailures(this.breaker);
		AdaptiveBreakerTestBed.Shown shown = new AdaptiveBreakerTestBed.Shown();
		Policy next = this.type.inherit(running, defaults(), with(component, value), this.breaker.context(shown));
		assertThat(next.state()).contains(component.equals("count-drops") ? "total=100" : "total=101");
		assertThat(next.tryAcquire(CALL)).isInstanceOf(Decision.Rejected.class);
		// what it knows is shown where the new rule shows it
		assertThat(shown.lines).containsExactly("inventory=throttling");
	}

	@Test
	void anotherFormulaHoldsAtOnce() {
		Policy running = withFailures(this.breaker);
		Policy next = this.type.inherit(running, defaults(), with("protection", "1000"),
				this.breaker.context(this.breaker.shown));
		assertThat(next.tryAcquire(CALL)).isInstanceOf(Decision.Admitted.class);
		// and the running one is as it was, for as long as it is asked
		assertThat(running.tryAcquire(CALL)).isInstanceOf(Decision.Rejected.class);
	}

	@Test
	void callsFromBeforeAChangeOfTheFormulaCount() {
		Decision.Admitted early = (Decision.Admitted) this.breaker.policy.tryAcquire(CALL);
		Policy next = this.type.inherit(this.breaker.policy, defaults(), with("k", "2"),
				this.breaker.context(this.breaker.shown));
		early.permit().release(AdaptiveBreakerTestBed.FAILED);
		assertThat(next.state()).contains("total=1,");
	}

	static List<AdaptiveBreakerRule> otherCounts() {
		return List.of(with("key", "operation"), with("max-keys", "999"), with("window", "PT11S"),
				with("failure-on", "503"));
	}

	@ParameterizedTest
	@MethodSource("otherCounts")
	void whatCountsOtherwiseStartsAnew(AdaptiveBreakerRule after) {
		Policy running = withFailures(this.breaker);
		Policy next = this.type.inherit(running, defaults(), after, this.breaker.context(this.breaker.shown));
		assertThat(next.state()).isEmpty();
		assertThat(next.tryAcquire(CALL)).isInstanceOf(Decision.Admitted.class);
	}

}
