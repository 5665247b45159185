// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.autoconfigure;

import java.util.List;

import io.governance.tracing.metrics.CardinalityFilter;
import io.governance.tracing.metrics.CardinalityLimits;
import io.governance.tracing.metrics.ServicePaths;
import io.governance.tracing.metrics.StrictNamesFilter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

class GovernanceTracingMetricsAutoConfigurationTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(
				AutoConfigurations.of(GovernanceTracingMetricsAutoConfiguration.class, MetricsAutoConfiguration.class))
		.withBean("first", SimpleMeterRegistry.class);

	@Test
	void suppliesItsFilters() {
		this.contextRunner.run((context) -> assertThat(context).hasSingleBean(CardinalityFilter.class)
			.hasSingleBean(StrictNamesFilter.class)
			.hasSingleBean(ServicePaths.class));
	}

	@Test
	void backsOffForAnApplicationsOwn() {
		this.contextRunner
			.withBean("mine", CardinalityFilter.class,
					() -> new CardinalityFilter(new CardinalityLimits(5, 5, List.of("calls"))))
			.withBean("paths", ServicePaths.class)
			.run((context) -> assertThat(context).hasSingleBean(CardinalityFilter.class)
				.hasSingleBean(ServicePaths.class));
	}

	@Test
	void isOffWithTheStarter() {
		this.contextRunner.withPropertyValues("governance.tracing.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(CardinalityFilter.class)
				.doesNotHaveBean(ServicePaths.class));
	}

}
