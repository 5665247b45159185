// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.autoconfigure;

import io.governance.autoconfigure.GovernanceAutoConfiguration;
import io.governance.time.TimeSource;
import io.governance.tracing.accesslog.UpstreamSource;
import io.governance.tracing.metrics.istio.BlockingCalls;
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

/**
 * Auto-configuration of Istio's standard metrics: on with
 * {@code governance.tracing.metrics.istio.enabled=true}.
 */
@AutoConfiguration(after = { GovernanceAutoConfiguration.class, GovernanceTracingAccessLogAutoConfiguration.class })
@ConditionalOnClass(MeterRegistry.class)
@ConditionalOnBooleanProperty(name = "governance.tracing.enabled", matchIfMissing = true)
@ConditionalOnBooleanProperty(name = "governance.tracing.metrics.istio.enabled")
@EnableConfigurationProperties(TracingIstioMetricsProperties.class)
public final class GovernanceTracingIstioMetricsAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	IstioSettings governanceIstioSettings(TracingIstioMetricsProperties properties, Environment environment,
			ObjectProvider<MeterRegistry> registry, ObjectProvider<TimeSource> time) {
		String workload = (properties.workload() != null) ? properties.workload()
				: environment.getProperty("spring.application.name", "application");
		return new IstioSettings(registry,
				new Workload(workload, properties.namespace(), properties.version(), properties.cluster()),
				time.getIfAvailable(TimeSource::system));
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
