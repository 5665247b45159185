// SPDX-License-Identifier: Apache-2.0

package io.governance.policy.fault;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.governance.match.Match;
import io.governance.policy.Direction;
import io.governance.policy.Enforcement;
import io.governance.policy.Permit.Abort;
import io.governance.policy.Stage;
import io.governance.schema.Violation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class FaultRuleTypeTests {

	private final FaultRuleType type = new FaultRuleType();

	@Test
	void absentComponentsTakeTheirDefaults() {
		FaultRule rule = FaultTestBed.rule(null, null, "503", null, null);
		assertThat(rule.match()).isEqualTo(Match.ANY);
		assertThat(rule.enforcement()).isEqualTo(Enforcement.ENFORCED);
		assertThat(rule.maxShare()).isEqualTo(50);
		assertThat(rule.aborted()).isEqualTo(50);
		assertThat(rule.delayed()).isZero();
		assertThat(this.type.validate(rule)).isEmpty();
	}

	@ParameterizedTest(name = "{0} {1} {2} {3} {4}: {5}")
	@CsvSource(nullValues = "-", delimiter = '|', textBlock = """
			-          | -      | -   | -        | -        | delay       | delay, abort or both
			PT0S       | -      | -   | -        | -        | delay       | 1ms to 1h
			-PT1S      | -      | -   | -        | -        | delay       | 1ms to 1h
			PT0.0009S  | -      | -   | -        | -        | delay       | 1ms to 1h
			PT1H0.001S | -      | -   | -        | -        | delay       | 1ms to 1h
			PT1S       | -0.1   | -   | -        | -        | delay-share | 0 to 100
			PT1S       | 100.1  | -   | -        | -        | delay-share | 0 to 100
			PT1S       | NaN    | -   | -        | -        | delay-share | 0 to 100
			PT1S       | -      | -   | 5        | -        | abort-share | abort to be set as well
			-          | 5      | 503 | -        | -        | delay-share | delay to be set as well
			-          | -      | 503 | -1       | -        | abort-share | 0 to 100
			-          | -      | 503 | Infinity | -        | abort-share | 0 to 100
			-          | -      | 503 | -        | -1       | max-share   | 0 to 100
			-          | -      | 503 | -        | 101      | max-share   | 0 to 100
			-          | -      | 503 | -        | NaN      | max-share   | 0 to 100
			""")
	void refusesWhatIsOutOfBounds(String delay, Double delayShare, String abort, Double abortShare, Double maxShare,
			String component, String expected) {
		assertThat(this.type.validate(FaultTestBed.rule(delay, delayShare, abort, abortShare, maxShare)))
			.singleElement()
			.satisfies((violation) -> {
				assertThat(violation.component()).isEqualTo(component);
				assertThat(violation.expected()).isEqualTo(expected);
			});
	}

	@ParameterizedTest
	@CsvSource(nullValues = "-", value = { "PT0.001S, 0, 200, 0, 0", "PT1H, 100, 599, 100, 100",
			"-, -, connect, 80, 50", "PT1S, 0.001, reset, 99.999, -" })
	void takesWhatIsAtTheBounds(String delay, Double delayShare, String abort, Double abortShare, Double maxShare) {
		assertThat(this.type.validate(FaultTestBed.rule(delay, delayShare, abort, abortShare, maxShare))).isEmpty();
	}

	private static FaultRule inbound(String abort) {
		Match inbound = new Match(Direction.INBOUND, null, List.of(), null, List.of(), Map.of(), Map.of(), null,
				Map.of());
		return new FaultRule(inbound, null, 0, null, null, Abort.parse(abort), null, null, null);
	}

	@ParameterizedTest
	@ValueSource(strings = { "200", "399", "connect", "reset" })
	void aServerAnswersNothingButErrors(String abort) {
		assertThat(this.type.validate(inbound(abort)))
			.containsExactly(new Violation("abort", abort, "a status from 400 to 599, inbound"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "400", "429", "503", "599" })
	void aServerAnswersAnyError(String abort) {
		assertThat(this.type.validate(inbound(abort))).isEmpty();
	}

	@Test
	void absurdTimesAreFaultsAndNotErrors() {
		String absurd = Duration.ofSeconds(Long.MAX_VALUE).toString();
		assertThat(this.type.validate(FaultTestBed.rule(absurd, null, null, null, null)))
			.extracting(Violation::component)
			.containsExactly("delay");
	}

	@Test
	void allFaultsAreCollected() {
		assertThat(this.type.validate(FaultTestBed.rule("PT0S", -1.0, null, 101.0, -1.0)))
			.extracting(Violation::component)
			.containsExactly("delay", "delay-share", "abort-share", "abort-share", "max-share");
	}

	@Test
	void declaresItself() {
		FaultRule rule = FaultTestBed.rule(null, null, "503", null, null);
		assertThat(this.type.name()).isEqualTo("fault");
		assertThat(this.type.ruleClass()).isEqualTo(FaultRule.class);
		assertThat(this.type.directions()).containsExactly(Direction.OUTBOUND, Direction.INBOUND);
		assertThat(this.type.stage(rule, Direction.OUTBOUND)).isEqualTo(Stage.FAULT);
		assertThat(this.type.stage(rule, Direction.INBOUND)).isEqualTo(Stage.INBOUND_FAULT);
		assertThat(this.type.isAdditive()).isFalse();
		assertThat(this.type.reasons()).isEmpty();
		assertThat(this.type.events()).containsExactlyInAnyOrder("delayed", "aborted", "spared");
		assertThat(this.type.defaults()).isEmpty();
	}

}
