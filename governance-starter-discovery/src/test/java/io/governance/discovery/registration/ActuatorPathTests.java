// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.registration;

import org.junit.jupiter.api.Test;

import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ActuatorPath}.
 */
class ActuatorPathTests {

	private static final String ENDPOINT = "/actuator/prometheus";

	private final MockEnvironment environment = new MockEnvironment();

	@Test
	void isThePathOfTheEndpoint() {
		assertThat(ActuatorPath.of(this.environment, false, ENDPOINT)).isEqualTo(ENDPOINT);
		assertThat(ActuatorPath.of(this.environment, true, "/metrics")).isEqualTo("/metrics");
	}

	@Test
	void isMissingWithoutAnEndpointOrWithoutTheWeb() {
		assertThat(ActuatorPath.of(this.environment, false, null)).isNull();
		this.environment.setProperty("management.server.port", "-1");
		assertThat(ActuatorPath.of(this.environment, false, ENDPOINT)).isNull();
	}

	@Test
	void followsTheContextPathOnTheSamePortOnly() {
		this.environment.setProperty("server.servlet.context-path", "/shop");
		this.environment.setProperty("spring.mvc.servlet.path", "/api/");
		assertThat(ActuatorPath.of(this.environment, false, ENDPOINT)).isEqualTo("/shop/api/actuator/prometheus");
		assertThat(ActuatorPath.of(this.environment, true, ENDPOINT)).isEqualTo(ENDPOINT);
		this.environment.setProperty("management.server.base-path", "/manage");
		assertThat(ActuatorPath.of(this.environment, true, ENDPOINT)).isEqualTo("/manage/actuator/prometheus");
	}

}
