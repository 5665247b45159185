// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.autoconfigure;

import io.governance.tracing.metrics.CardinalityFilter;
import io.governance.tracing.metrics.JvmCompilationSeconds;
import io.governance.tracing.metrics.ProcessorSeconds;
import io.governance.tracing.metrics.ServicePaths;
import io.governance.tracing.metrics.StrictNamesFilter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.JvmCompilationMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.micrometer.metrics.autoconfigure.MeterRegistryCustomizer;
import org.springframework.boot.micrometer.metrics.autoconfigure.jvm.JvmMetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.system.SystemMetricsAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Auto-configuration of bounded and clean metrics. Off with
 * {@code governance.tracing.enabled=false}.
 */
@AutoConfiguration(before = { JvmMetricsAutoConfiguration.class, SystemMetricsAutoConfiguration.class })
@ConditionalOnClass(MeterRegistry.class)
@ConditionalOnBooleanProperty(name = "governance.tracing.enabled", matchIfMissing = true)
@EnableConfigurationProperties(TracingMetricsProperties.class)
public final class GovernanceTracingMetricsAutoConfiguration {

	// last, so that it bounds what other filters make of a meter
	@Bean
	@ConditionalOnMissingBean
	@Order(Ordered.LOWEST_PRECEDENCE)
	CardinalityFilter governanceCardinalityFilter(TracingMetricsProperties properties) {
		return new CardinalityFilter(properties.limits());
	}

	// Spring Boot gives a composite of several registries no filters, only customizers;
	// last as well
	@Bean
	@ConditionalOnMissingBean(name = "governanceCompositeBounds")
	@Order(Ordered.LOWEST_PRECEDENCE)
	MeterRegistryCustomizer<CompositeMeterRegistry> governanceCompositeBounds(
			ObjectProvider<CardinalityFilter> filters) {
		return (composite) -> filters.orderedStream()
			.forEach((filter) -> composite.config().meterFilter(filter.inFront()));
	}

	@Bean
	@ConditionalOnMissingBean
	@Order(0)
	ServicePaths governanceServicePaths() {
		return new ServicePaths();
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnBooleanProperty(name = "governance.tracing.metrics.strict-names", matchIfMissing = true)
	static class StrictNamesConfiguration {

		@Bean
		@ConditionalOnMissingBean
		@Order(0)
		StrictNamesFilter governanceStrictNamesFilter() {
			return new StrictNamesFilter();
		}

		@Bean
		@ConditionalOnMissingBean(JvmCompilationMetrics.class)
		JvmCompilationSeconds governanceJvmCompilationMetrics() {
			return new JvmCompilationSeconds();
		}

		@Bean
		@ConditionalOnMissingBean(ProcessorMetrics.class)
		ProcessorSeconds governanceProcessorMetrics() {
			return new ProcessorSeconds();
		}

	}

}
