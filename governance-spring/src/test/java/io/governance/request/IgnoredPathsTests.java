// SPDX-License-Identifier: Apache-2.0

package io.governance.request;

import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.mock.env.MockEnvironment;

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

	@Test
	void ignoresTheProbesThatAreElsewhere() {
		MockEnvironment environment = new MockEnvironment();
		assertThat(IgnoredPaths.of(environment).contains("/livez")).isFalse();
		assertThat(IgnoredPaths.of(environment).contains("/actuator/health")).isTrue();
		environment.setProperty("management.endpoint.health.probes.add-additional-paths", "true");
		environment.setProperty("management.endpoints.web.base-path", "/");
		IgnoredPaths paths = IgnoredPaths.of(environment);
		assertThat(Stream.of("/livez", "/readyz")).allMatch(paths::contains);
		assertThat(Stream.of("/livez/", "/orders", "/x/livez")).noneMatch(paths::contains);
	}

}
