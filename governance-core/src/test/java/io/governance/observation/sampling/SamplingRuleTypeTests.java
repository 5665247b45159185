// SPDX-License-Identifier: Apache-2.0

package io.governance.observation.sampling;

import java.time.Duration;

import io.governance.match.Match;
import io.governance.policy.Enforcement;
import io.governance.schema.Violation;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class SamplingRuleTypeTests {

	private final SamplingRuleType type = new SamplingRuleType();

	@Test
	void absentComponentsTakeTheirDefaults() {
		SamplingRule rule = new SamplingRule(null, null, 0, null, null, null, new ErrorRaise(null, null, null, null),
				null);
		assertThat(rule).isEqualTo(new SamplingRule(Match.ANY, Enforcement.ENFORCED, 0, null, 1_000,
				SamplingRule.Parent.HONOUR, new ErrorRaise(0.05, 1.0, Duration.ofSeconds(30), 20), null));
		assertThat(this.type.validate(rule)).isEmpty();
	}

	@ParameterizedTest(name = "ratio {0} per-second {1} debug-header {2}: {3}")
	@CsvSource(nullValues = "-", textBlock = """
			-0.1 , 1       , -      , ratio
			1.1  , 1       , -      , ratio
			NaN  , 1       , -      , ratio
			0.1  , 0       , -      , per-second
			0.1  , 1000001 , -      , per-second
			0.1  , 1       , 'a b'  , debug-header
			0.1  , 1       , ''     , debug-header
			""")
	void valuesHaveBounds(Double ratio, int perSecond, @Nullable String header, String component) {
		assertThat(this.type.validate(new SamplingRule(null, null, 0, ratio, perSecond, null, null, header)))
			.extracting(Violation::component)
			.containsExactly(component);
	}

	@ParameterizedTest(name = "above {0} ratio {1} window {2} minimum-calls {3}: {4}")
	@CsvSource({ "-0.1, 1, PT1S, 1, errors.above", "1, 1, PT1S, 1, errors.above", "0, 1.1, PT1S, 1, errors.ratio",
			"0, 1, PT0.9S, 1, errors.window", "0, 1, PT5M1S, 1, errors.window", "0, 1, PT1S, 0, errors.minimum-calls",
			"0, 1, PT1S, 100001, errors.minimum-calls" })
	void errorValuesHaveBounds(double above, double ratio, Duration window, int calls, String component) {
		SamplingRule rule = new SamplingRule(null, null, 0, 0.0, 1, null, new ErrorRaise(above, ratio, window, calls),
				null);
		assertThat(this.type.validate(rule)).extracting(Violation::component).containsExactly(component);
	}

}
