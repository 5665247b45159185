// SPDX-License-Identifier: Apache-2.0

package io.governance.request;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class IgnoredPathsTests {

	@ParameterizedTest
	@CsvSource({ "/actuator, true", "/actuator/health, true", "/actuator/, true", "/actuators, false", "/orders, false",
			"/actuator/../orders, false", "/actuator/./health, false", "/actuator/%2e%2e/orders, false",
			"/actuator;/../orders, false", "/actuator//health, false" })
	void ignoresThePathsBelowTheBaseThatCannotMeanAnother(String path, boolean ignored) {
		assertThat(IgnoredPaths.below("/actuator/").contains(path)).isEqualTo(ignored);
	}

	@Test
	void ignoresNothingWhereTheEndpointsHaveNoPathOfTheirOwn() {
		assertThat(IgnoredPaths.below("/").contains("/health")).isFalse();
	}

}
