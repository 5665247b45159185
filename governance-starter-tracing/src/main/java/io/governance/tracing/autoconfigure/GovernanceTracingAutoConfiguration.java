// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.autoconfigure;

import brave.handler.SpanHandler;
import feign.Capability;
import io.governance.autoconfigure.GovernanceAutoConfiguration;
import io.governance.context.LabelSource;
import io.governance.tracing.baggage.BaggageLabelSource;
import io.governance.tracing.client.ObservedFeignClients;
import io.governance.tracing.client.ObservedRestClients;
import io.governance.tracing.client.ObservedWebClients;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.tracing.Tracer;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingClass;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.micrometer.tracing.autoconfigure.MicrometerTracingAutoConfiguration;
import org.springframework.boot.micrometer.tracing.autoconfigure.NoopTracerAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.client.RestClient;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * Auto-configuration of what reads the finished {@link Tracer}: labels for rules,
 * observed client beans, and one line at start that says where spans go. Off with
 * {@code governance.tracing.enabled=false}.
 */
@AutoConfiguration(before = GovernanceAutoConfiguration.class,
		after = { MicrometerTracingAutoConfiguration.class, NoopTracerAutoConfiguration.class })
@ConditionalOnClass(Tracer.class)
@ConditionalOnBean(Tracer.class)
@ConditionalOnBooleanProperty(name = "governance.tracing.enabled", matchIfMissing = true)
@EnableConfigurationProperties(GovernanceTracingProperties.class)
public final class GovernanceTracingAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean(LabelSource.class)
	BaggageLabelSource governanceLabelSource(Tracer tracer) {
		return new BaggageLabelSource(tracer);
	}

	@Bean
	TracingStartReport governanceTracingStartReport(GovernanceTracingProperties properties,
			ObjectProvider<SpanHandler> handlers) {
		return new TracingStartReport(properties, handlers);
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(RestClient.class)
	@ConditionalOnBooleanProperty(name = "governance.tracing.instrument-clients", matchIfMissing = true)
	static class RestClientConfiguration {

		@Bean
		static ObservedRestClients governanceObservedRestClients(ObjectProvider<ObservationRegistry> registry) {
			return new ObservedRestClients(registry);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(WebClient.class)
	@ConditionalOnBooleanProperty(name = "governance.tracing.instrument-clients", matchIfMissing = true)
	static class WebClientConfiguration {

		@Bean
		static ObservedWebClients governanceObservedWebClients(ObjectProvider<ObservationRegistry> registry) {
			return new ObservedWebClients(registry);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(Capability.class)
	@ConditionalOnMissingClass("feign.micrometer.MicrometerObservationCapability")
	@ConditionalOnBooleanProperty(name = "governance.tracing.instrument-clients", matchIfMissing = true)
	static class FeignConfiguration {

		@Bean
		@ConditionalOnMissingBean
		ObservedFeignClients governanceObservedFeignClients(ObjectProvider<ObservationRegistry> registry) {
			return new ObservedFeignClients(registry);
		}

	}

}
