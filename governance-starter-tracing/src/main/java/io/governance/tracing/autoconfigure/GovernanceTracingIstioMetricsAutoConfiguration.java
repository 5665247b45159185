// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.autoconfigure;

import io.governance.autoconfigure.GovernanceAutoConfiguration;
import io.governance.time.TimeSource;
import io.governance.tracing.accesslog.UpstreamSource;
import io.governance.tracing.metrics.CardinalityFilter;
import io.governance.tracing.metrics.istio.BlockingCalls;
import io.governance.tracing.metrics.istio.IstioBounds;
import io.governance.tracing.metrics.istio.IstioSettings;
import io.governance.tracing.metrics.istio.ReactiveCalls;
import io.governance.tracing.metrics.istio.ReactiveRequests;
import io.governance.tracing.metrics.istio.ServletRequests;
import io.governance.tracing.metrics.istio.Workload;
import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

/**
 * Auto-configuration of Istio's standard metrics: on with
 * {@code governance.tracing.metrics.istio.enabled=true}.
 */
@AutoConfiguration(after = { GovernanceAutoConfiguration.class, GovernanceTracingAccessLogAutoConfiguration.class })
@ConditionalOnClass(MeterRegistry.class)
@ConditionalOnBooleanProperty(name = "governance.tracing.enabled", matchIfMissing = true)
@ConditionalOnBooleanProperty(name = "governance.tracing.metrics.istio.enabled")
@EnableConfigurationProperties({ TracingIstioMetricsProperties.class, TracingMetricsProperties.class })
public final class GovernanceTracingIstioMetricsAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	IstioSettings governanceIstioSettings(ObjectProvider<MeterRegistry> registry, Workload workload,
			ObjectProvider<TimeSource> time, IstioBounds bounds) {
		return new IstioSettings(registry, workload, time.getIfAvailable(TimeSource::system), bounds);
	}

	@Bean
	@ConditionalOnMissingBean
	Workload governanceIstioWorkload(TracingIstioMetricsProperties properties, Environment environment) {
		String name = (properties.workload() != null) ? properties.workload()
				: environment.getProperty("spring.application.name", "application");
		String version = (properties.version() != null) ? properties.version()
				: environment.getProperty("spring.application.version");
		return new Workload(name, properties.namespace(), StringUtils.hasText(version) ? version : Workload.UNKNOWN,
				properties.cluster());
	}

	@Bean
	@ConditionalOnMissingBean
	IstioBounds governanceIstioBounds(ObjectProvider<CardinalityFilter> filter, TracingMetricsProperties properties) {
		return new IstioBounds(filter.getIfAvailable(() -> new CardinalityFilter(properties.limits())));
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(name = "org.springframework.http.client.observation.ClientRequestObservationContext")
	static class BlockingClientConfiguration {

		@Bean
		@ConditionalOnMissingBean
		BlockingCalls governanceIstioBlockingCalls(IstioSettings settings) {
			return new BlockingCalls(settings);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(name = "org.springframework.web.reactive.function.client.ClientRequestObservationContext")
	static class ReactiveConfiguration {

		@Bean
		@ConditionalOnMissingBean
		ReactiveCalls governanceIstioReactiveCalls(IstioSettings settings) {
			return new ReactiveCalls(settings);
		}

		@Bean
		@ConditionalOnMissingBean
		ReactiveRequests governanceIstioReactiveRequests(IstioSettings settings,
				ObjectProvider<UpstreamSource> upstreams) {
			return new ReactiveRequests(settings, upstreams.getIfAvailable(() -> UpstreamSource.NONE));
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(name = "jakarta.servlet.http.HttpServletRequest")
	static class ServletConfiguration {

		@Bean
		@ConditionalOnMissingBean
		ServletRequests governanceIstioServletRequests(IstioSettings settings) {
			return new ServletRequests(settings);
		}

	}

}
