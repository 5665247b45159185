// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.registration;

import org.junit.jupiter.api.Test;

import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link MetricsPath}.
 */
class MetricsPathTests {

	private final MockEnvironment environment = new MockEnvironment();

	@Test
	void isSpringBootsDefault() {
		assertThat(MetricsPath.of(this.environment, false)).isEqualTo(MetricsPath.DEFAULT);
		assertThat(MetricsPath.of(this.environment, true)).isEqualTo(MetricsPath.DEFAULT);
	}

	@Test
	void followsTheContextPathOnTheSamePortOnly() {
		this.environment.setProperty("server.servlet.context-path", "/shop");
		assertThat(MetricsPath.of(this.environment, false)).isEqualTo("/shop/actuator/prometheus");
		assertThat(MetricsPath.of(this.environment, true)).isEqualTo(MetricsPath.DEFAULT);
		this.environment.setProperty("management.server.base-path", "/manage");
		assertThat(MetricsPath.of(this.environment, true)).isEqualTo("/manage/actuator/prometheus");
	}

	@Test
	void followsBasePathAndMapping() {
		this.environment.setProperty("management.endpoints.web.base-path", "/");
		this.environment.setProperty("management.endpoints.web.path-mapping.prometheus", "metrics");
		assertThat(MetricsPath.of(this.environment, false)).isEqualTo("/metrics");
	}

}
