// SPDX-License-Identifier: Apache-2.0

package io.governance.policy.loadshedding;

import java.util.List;
import java.util.Map;

import io.governance.match.Match;
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

import static io.governance.policy.loadshedding.SheddingTestBed.rule;
import static org.assertj.core.api.Assertions.assertThat;

class LoadSheddingRuleTypeTests {

	private final LoadSheddingRuleType type = new LoadSheddingRuleType();

	@Test
	void absentComponentsTakeTheirDefaults() {
		assertThat(rule(null, null)).isEqualTo(new LoadSheddingRule(Match.ANY, Enforcement.ENFORCED, 0, 90, 10));
		assertThat(this.type.validate(rule(null, null))).isEmpty();
	}

	@ParameterizedTest(name = "{0}: {1}")
	@CsvSource(delimiter = '|', textBlock = """
			49          | cpu-threshold | 50 to 99
			0           | cpu-threshold | 50 to 99
			-1          | cpu-threshold | 50 to 99
			100         | cpu-threshold | 50 to 99
			900         | cpu-threshold | 50 to 99
			2147483647  | cpu-threshold | 50 to 99
			-2147483648 | cpu-threshold | 50 to 99
			0           | min-limit     | 1 to 100000
			-1          | min-limit     | 1 to 100000
			100001      | min-limit     | 1 to 100000
			2147483647  | min-limit     | 1 to 100000
			""")
	void refusesWhatIsOutOfBounds(int value, String component, String expected) {
		LoadSheddingRule rule = component.equals("min-limit") ? rule(null, value) : rule(value, null);
		assertThat(this.type.validate(rule)).containsExactly(new Violation(component, String.valueOf(value), expected));
	}

	@Test
	void takesTheBoundsThemselves() {
		assertThat(this.type.validate(rule(50, 1))).isEmpty();
		assertThat(this.type.validate(rule(99, 100_000))).isEmpty();
	}

	@Test
	void allFaultsAreCollected() {
		assertThat(this.type.validate(rule(0, 0))).extracting(Violation::component)
			.containsExactly("cpu-threshold", "min-limit");
	}

	@Test
	void declaresItself() {
		assertThat(this.type.name()).isEqualTo("load-shedding");
		assertThat(this.type.ruleClass()).isEqualTo(LoadSheddingRule.class);
		assertThat(this.type.directions()).containsExactly(Direction.INBOUND);
		assertThat(this.type.stage(rule(null, null), Direction.INBOUND)).isEqualTo(Stage.LOAD_SHEDDING);
		assertThat(this.type.isAdditive()).isFalse();
		assertThat(this.type.reasons()).containsExactly(Reason.OVERLOADED);
		assertThat(this.type.events()).isEmpty();
		assertThat(this.type.defaults()).containsExactly(Map.entry("default", rule(90, 10)));
	}

	static List<LoadSheddingRule> changes() {
		return List.of(rule(90, 2), rule(85, 1),
				new LoadSheddingRule(Match.service("orders"), Enforcement.SHADOW, 7, 90, 1));
	}

	@ParameterizedTest
	@MethodSource("changes")
	void whatWasMeasuredStaysThroughEveryChange(LoadSheddingRule after) {
		SheddingTestBed bed = new SheddingTestBed();
		bed.busy(20);
		String before = bed.policy.state();
		bed.policy = this.type.inherit(bed.policy, rule(90, 1), after, bed.context.context());
		assertThat(bed.policy.state()).isEqualTo(before)
			.isEqualTo("cpu=0.0% limit=8.0 in-flight=20 average-in-flight=20.0");
		bed.answer(20, 20);
		assertThat(bed.policy.state()).contains("in-flight=0 ");
	}

	@Test
	void theNewThresholdHoldsAtOnce() {
		SheddingTestBed bed = new SheddingTestBed();
		bed.busy(20);
		bed.cpu = 0.86;
		assertThat(bed.begin()).isTrue();
		bed.policy = this.type.inherit(bed.policy, rule(90, 1), rule(85, 1), bed.context.context());
		assertThat(bed.begin()).isFalse();
		bed.policy = this.type.inherit(bed.policy, rule(85, 1), rule(90, 30), bed.context.context());
		assertThat(bed.begin()).isTrue();
	}

	@Test
	void aSecondOfCoolingOffIsNotCutShortByAChange() {
		SheddingTestBed bed = new SheddingTestBed();
		bed.busy(20);
		bed.cpu = 0.9;
		assertThat(bed.begin()).isFalse();
		bed.cpu = 0.5;
		Policy next = this.type.inherit(bed.policy, rule(90, 1), rule(91, 1), bed.context.context());
		bed.policy = next;
		assertThat(bed.begin()).isFalse();
	}

}
