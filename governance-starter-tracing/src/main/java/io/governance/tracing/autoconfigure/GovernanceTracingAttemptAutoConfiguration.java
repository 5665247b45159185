// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.autoconfigure;

import java.util.List;

import io.governance.tracing.client.AttemptSpans;
import io.governance.tracing.client.AttemptStage;
import io.governance.tracing.client.WebClientAttempts;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.propagation.Propagator;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.web.client.RestClient;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * Auto-configuration of one span per attempt, for clients whose calls the suite's other
 * starters carry out. Off with {@code governance.tracing.attempts.enabled=false}.
 */
@AutoConfiguration(after = GovernanceTracingAutoConfiguration.class,
		// inside of the choice of an instance, outside of the time to connect
		afterName = "io.governance.discovery.autoconfigure.GovernanceLoadBalancerAutoConfiguration",
		beforeName = "io.governance.resilience.autoconfigure.GovernanceOutboundAutoConfiguration")
@ConditionalOnClass(Tracer.class)
@ConditionalOnBean({ Tracer.class, Propagator.class })
@ConditionalOnBooleanProperty(name = "governance.tracing.enabled", matchIfMissing = true)
@ConditionalOnBooleanProperty(name = "governance.tracing.attempts.enabled", matchIfMissing = true)
@EnableConfigurationProperties(TracingAttemptsProperties.class)
public final class GovernanceTracingAttemptAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	AttemptSpans governanceAttemptSpans(Tracer tracer, Propagator propagator) {
		return new AttemptSpans(tracer, propagator);
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(RestClient.class)
	static class BlockingClientConfiguration {

		private static final String HOSTS = "governance.resilience.outbound.hosts";

		@Bean
		@ConditionalOnMissingBean
		AttemptStage governanceAttemptStage(AttemptSpans spans, Environment environment) {
			List<String> hosts = Binder.get(environment).bind(HOSTS, Bindable.listOf(String.class)).orElse(List.of());
			return new AttemptStage(spans, !hosts.isEmpty());
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(WebClient.class)
	static class ReactiveClientConfiguration {

		@Bean
		static WebClientAttempts governanceWebClientAttempts(ObjectProvider<AttemptSpans> spans) {
			return new WebClientAttempts(spans);
		}

	}

}
