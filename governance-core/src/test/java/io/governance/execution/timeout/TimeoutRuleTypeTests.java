// SPDX-License-Identifier: Apache-2.0

package io.governance.execution.timeout;

import java.time.Duration;
import java.util.List;

import io.governance.execution.ExecutionPlan;
import io.governance.match.Match;
import io.governance.policy.Direction;
import io.governance.policy.Enforcement;
import io.governance.policy.FakeCall;
import io.governance.policy.Stage;
import io.governance.rule.TestContext;
import io.governance.schema.Violation;
import io.governance.time.ManualTimeSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class TimeoutRuleTypeTests {

	private final TimeoutRuleType type = new TimeoutRuleType();

	private static TimeoutRule rule(@Nullable Duration total, @Nullable Duration perTry, @Nullable Duration connect) {
		return new TimeoutRule(null, null, 0, total, perTry, connect);
	}

	private static Match direction(Direction direction) {
		return new Match(direction, null, List.of(), null, List.of(), null, null, null, null);
	}

	@Test
	void absentComponentsTakeTheirDefaults() {
		TimeoutRule rule = rule(null, null, null);
		assertThat(rule.match()).isEqualTo(Match.ANY);
		assertThat(rule.enforcement()).isEqualTo(Enforcement.ENFORCED);
	}

	@Test
	void ruleWithoutAnyTimeIsRefused() {
		assertThat(this.type.validate(rule(null, null, null)))
			.containsExactly(new Violation("total", "none", "at least one of total, per-try, connect"));
	}

	@ParameterizedTest(name = "total {0}, per try {1}, connect {2}: {3}")
	@CsvSource(nullValues = "-", textBlock = """
			PT0S,       -,         -,       total
			-PT1S,      -,         -,       total
			PT0.0009S,  -,         -,       total
			PT1H0.001S, -,         -,       total
			PT1S,       PT1.001S,  -,       per-try
			PT1S,       PT0S,      -,       per-try
			-,          PT61M,     -,       per-try
			PT1S,       -,         -PT1S,   connect
			-,          -,         PT61M,   connect
			""")
	void refusesTimesOutOfBounds(@Nullable Duration total, @Nullable Duration perTry, @Nullable Duration connect,
			String component) {
		assertThat(this.type.validate(rule(total, perTry, connect))).singleElement()
			.extracting(Violation::component)
			.isEqualTo(component);
	}

	@ParameterizedTest
	@CsvSource(nullValues = "-", textBlock = """
			PT0.001S, -,        -
			PT1H,     PT1H,     PT1H
			-,        PT0.001S, -
			-,        -,        PT0.001S
			PT1S,     PT1S,     PT5S
			""")
	void takesTimesWithinBounds(@Nullable Duration total, @Nullable Duration perTry, @Nullable Duration connect) {
		assertThat(this.type.validate(rule(total, perTry, connect))).isEmpty();
	}

	@Test
	void saysWhatIsAllowedAsItIsWritten() {
		Duration second = Duration.ofSeconds(1);
		assertThat(this.type.validate(rule(second, second.multipliedBy(2), Duration.ZERO)))
			.extracting(Violation::expected)
			.containsExactlyInAnyOrder("1ms to the total", "1ms to 1h");
	}

	@Test
	void absurdTimesAreFaultsAndNotErrors() {
		Duration absurd = Duration.ofSeconds(Long.MAX_VALUE);
		assertThat(this.type.validate(rule(absurd, null, absurd))).extracting(Violation::component)
			.containsExactly("total", "connect");
	}

	@Test
	void inboundOnlyTheTotalMakesSense() {
		Duration second = Duration.ofSeconds(1);
		assertThat(this.type.validate(new TimeoutRule(direction(Direction.INBOUND), null, 0, second, second, null)))
			.containsExactly(new Violation("match.direction", "inbound", "outbound for per-try and connect"));
		assertThat(this.type.validate(new TimeoutRule(direction(Direction.INBOUND), null, 0, second, null, second)))
			.hasSize(1);
		assertThat(this.type.validate(new TimeoutRule(direction(Direction.INBOUND), null, 0, second, null, null)))
			.isEmpty();
		assertThat(this.type.validate(new TimeoutRule(direction(Direction.OUTBOUND), null, 0, second, second, second)))
			.isEmpty();
	}

	@Test
	void setsTheTimesOfThePlanAsAWhole() {
		Duration one = Duration.ofSeconds(1);
		ExecutionPlan before = ExecutionPlan.PLAIN.withTimeouts(null, Duration.ofSeconds(9), Duration.ofSeconds(9),
				"timeout/before");
		TestContext context = new TestContext("timeout/t", new ManualTimeSource());
		ExecutionPlan plan = this.type.newPolicy(rule(one, null, Duration.ofMillis(200)), context.context())
			.contribute(FakeCall.to("orders"), before);
		assertThat(plan).isEqualTo(ExecutionPlan.PLAIN.withTimeouts(one, null, Duration.ofMillis(200), "timeout/t"));
	}

	@Test
	void builtInRuleIsValid() {
		assertThat(this.type.defaults()).containsOnlyKeys("default");
		TimeoutRule rule = this.type.defaults().get("default");
		assertThat(this.type.validate(rule)).isEmpty();
		assertThat(rule.total()).isEqualTo(Duration.ofSeconds(10));
		assertThat(rule.perTry()).isNull();
		assertThat(rule.connect()).isEqualTo(Duration.ofSeconds(2));
	}

	@Test
	void declaresItself() {
		TimeoutRule rule = this.type.defaults().get("default");
		assertThat(this.type.name()).isEqualTo("timeout");
		assertThat(this.type.ruleClass()).isEqualTo(TimeoutRule.class);
		assertThat(this.type.directions()).containsExactly(Direction.OUTBOUND, Direction.INBOUND);
		assertThat(this.type.stage(rule, Direction.OUTBOUND)).isEqualTo(Stage.DEADLINE);
		assertThat(this.type.stage(rule, Direction.INBOUND)).isEqualTo(Stage.INBOUND_DEADLINE);
		assertThat(this.type.isAdditive()).isFalse();
		assertThat(this.type.events()).isEmpty();
	}

}
