// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.autoconfigure;

import feign.Capability;
import io.governance.actuate.EnforcementPoint;
import io.governance.autoconfigure.GovernanceAutoConfiguration;
import io.governance.autoconfigure.StagedRestClientConfiguration;
import io.governance.client.FeignTargets;
import io.governance.context.LabelSource;
import io.governance.engine.PolicyEngine;
import io.governance.policy.Segment;
import io.governance.resilience.client.CallStage;
import io.governance.resilience.client.ClientSettings;
import io.governance.resilience.client.FeignCallStage;
import io.governance.resilience.client.GovernedHosts;
import io.governance.resilience.client.GovernedRetryStrategy;
import io.governance.resilience.client.GovernedWebClientGroups;
import io.governance.resilience.client.TransportStage;
import io.governance.resilience.client.WebClientStages;
import io.governance.resilience.client.WebClientTransports;
import io.governance.resilience.execution.CallExecution;
import io.governance.resilience.failback.FailedCalls;
import io.governance.time.TimeSource;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.http.client.HttpComponentsClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.autoconfigure.ClientHttpRequestFactoryBuilderCustomizer;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.cloud.openfeign.FeignClient;
import org.springframework.cloud.openfeign.clientconfig.HttpClient5FeignConfiguration.HttpClientBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.http.HttpHeaders;
import org.springframework.web.client.RestClient;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.support.WebClientHttpServiceGroupConfigurer;

/**
 * Auto-configuration that enforces outbound rules in {@code RestClient},
 * {@code RestTemplate} and {@code WebClient} whose builders are beans, in the clients of
 * HTTP service groups ({@code @ImportHttpServices}), and in OpenFeign's blocking clients.
 */
@AutoConfiguration(after = GovernanceAutoConfiguration.class,
		// the innermost filter is added after the one that chooses instances
		afterName = "io.governance.discovery.autoconfigure.GovernanceLoadBalancerAutoConfiguration")
@ConditionalOnClass(HttpHeaders.class)
@ConditionalOnBean(PolicyEngine.class)
@ConditionalOnBooleanProperty(name = "governance.resilience.outbound.enabled", matchIfMissing = true)
@EnableConfigurationProperties(GovernanceOutboundProperties.class)
@Import(StagedRestClientConfiguration.class)
public final class GovernanceOutboundAutoConfiguration {

	private static final String NAME = "spring.application.name";

	@Bean
	@ConditionalOnMissingBean
	CallExecution governanceCallExecution(PolicyEngine engine, TimeSource time, Environment environment,
			FailedCalls failedCalls) {
		return new CallExecution(engine, time, environment.getProperty(NAME, "application"), failedCalls);
	}

	@Bean
	@ConditionalOnMissingBean
	FailedCalls governanceFailedCalls(PolicyEngine engine, TimeSource time) {
		return new FailedCalls(engine, time);
	}

	@Bean
	@ConditionalOnMissingBean
	ClientSettings governanceClientSettings(CallExecution execution, ObjectProvider<LabelSource> labels,
			GovernanceOutboundProperties properties) {
		return new ClientSettings(execution, labels.getIfAvailable(() -> LabelSource.NONE),
				new GovernedHosts(properties.hosts()));
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(RestClient.class)
	static class BlockingClientConfiguration {

		private static final String CLIENTS = "RestClient and RestTemplate";

		@Bean
		EnforcementPoint governanceBlockingCallPoint(ObjectProvider<TransportStage> transport) {
			return new EnforcementPoint(Segment.CALL, CLIENTS,
					() -> transport.stream().map(TransportStage::limits).findFirst().orElse(""));
		}

		@Bean
		EnforcementPoint governanceBlockingAttemptPoint() {
			return new EnforcementPoint(Segment.ATTEMPT, CLIENTS);
		}

		@Bean
		@ConditionalOnMissingBean
		CallStage governanceCallStage(ClientSettings settings) {
			return new CallStage(settings);
		}

		@Bean
		@ConditionalOnMissingBean
		TransportStage governanceTransportStage(ClientSettings settings) {
			return new TransportStage(settings);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass({ WebClient.class, WebClientHttpServiceGroupConfigurer.class })
	static class ReactiveGroupConfiguration {

		@Bean
		@ConditionalOnMissingBean
		GovernedWebClientGroups governanceGovernedWebClientGroups(ObjectProvider<ClientSettings> settings) {
			return new GovernedWebClientGroups(settings);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass({ HttpComponentsClientHttpRequestFactoryBuilder.class,
			ClientHttpRequestFactoryBuilderCustomizer.class, HttpClientBuilder.class })
	static class ApacheConfiguration {

		@Bean
		ClientHttpRequestFactoryBuilderCustomizer<HttpComponentsClientHttpRequestFactoryBuilder> governanceApacheRetries() {
			GovernedRetryStrategy strategy = new GovernedRetryStrategy();
			return (builder) -> builder.withHttpClientCustomizer((client) -> client.setRetryStrategy(strategy));
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass({ Capability.class, FeignClient.class })
	static class FeignConfiguration {

		private static final String CLIENT = "OpenFeign";

		@Bean
		EnforcementPoint governanceFeignCallPoint() {
			return new EnforcementPoint(Segment.CALL, CLIENT);
		}

		@Bean
		EnforcementPoint governanceFeignAttemptPoint() {
			return new EnforcementPoint(Segment.ATTEMPT, CLIENT);
		}

		@Bean
		@ConditionalOnMissingBean
		FeignTargets governanceFeignTargets(ConfigurableBeanFactory beans) {
			return new FeignTargets(beans::resolveEmbeddedValue);
		}

		@Bean
		@ConditionalOnMissingBean
		FeignCallStage governanceFeignCallStage(ObjectProvider<ClientSettings> settings, FeignTargets targets) {
			return new FeignCallStage(settings, targets);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass({ HttpClientBuilderCustomizer.class, HttpClientBuilder.class })
	static class FeignApacheConfiguration {

		@Bean
		@Order(Ordered.HIGHEST_PRECEDENCE)
		HttpClientBuilderCustomizer governanceFeignApacheRetries() {
			return (builder) -> builder.setRetryStrategy(new GovernedRetryStrategy());
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(WebClient.class)
	static class ReactiveClientConfiguration {

		private static final String CLIENT = "WebClient";

		@Bean
		EnforcementPoint governanceReactiveCallPoint() {
			return new EnforcementPoint(Segment.CALL, CLIENT);
		}

		@Bean
		EnforcementPoint governanceReactiveAttemptPoint() {
			return new EnforcementPoint(Segment.ATTEMPT, CLIENT);
		}

		@Bean
		@ConditionalOnMissingBean
		static WebClientStages governanceWebClientStages(ObjectProvider<ClientSettings> settings,
				ListableBeanFactory beans) {
			return new WebClientStages(settings, beans);
		}

		@Bean
		@ConditionalOnMissingBean
		static WebClientTransports governanceWebClientTransports() {
			return new WebClientTransports();
		}

	}

}
