// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.sampling;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class RuleSamplerTests {

	@ParameterizedTest
	@CsvSource({ "0, 0, false", "0.001, 0.0009, true", "0.001, 0.001, false", "0.1, 0.5, false", "1, 0.9999999, true" })
	void anyRatioIsHeld(double ratio, double drawn, boolean expected) {
		RuleSampler sampler = new RuleSampler(() -> null, ratio, () -> drawn);
		assertThat(sampler.isSampled(1)).isEqualTo(expected);
		assertThat(sampler.plain()).isEqualTo(expected);
	}

}
