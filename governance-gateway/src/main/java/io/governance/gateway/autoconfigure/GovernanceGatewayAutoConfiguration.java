// SPDX-License-Identifier: Apache-2.0

package io.governance.gateway.autoconfigure;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

import io.governance.actuate.EnforcementPoint;
import io.governance.context.LabelSource;
import io.governance.context.TrustedCallers;
import io.governance.discovery.InstanceSelector;
import io.governance.gateway.edge.EdgeHeadersFilter;
import io.governance.gateway.filter.CallStageFilter;
import io.governance.gateway.filter.GovernedRoutingFilter;
import io.governance.gateway.filter.InstanceFilter;
import io.governance.gateway.route.ExposedServices;
import io.governance.gateway.route.RegistryRoutes;
import io.governance.policy.Segment;
import io.governance.resilience.execution.CallExecution;
import io.governance.resilience.execution.ReactiveCallExecutor;
import reactor.netty.http.client.HttpClient;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.cloud.client.discovery.DiscoveryClient;
import org.springframework.cloud.gateway.config.GatewayAutoConfiguration;
import org.springframework.cloud.gateway.config.HttpClientProperties;
import org.springframework.cloud.gateway.event.RefreshRoutesEvent;
import org.springframework.cloud.gateway.filter.NettyRoutingFilter;
import org.springframework.cloud.gateway.filter.headers.HttpHeadersFilter;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/**
 * Auto-configuration of the gateway: its edge, its call stage and attempt stage, and
 * routes from the registry.
 */
@AutoConfiguration(before = GatewayAutoConfiguration.class,
		afterName = { "io.governance.resilience.autoconfigure.GovernanceOutboundAutoConfiguration",
				"io.governance.discovery.autoconfigure.GovernanceDiscoveryAutoConfiguration",
				"io.governance.discovery.autoconfigure.GovernanceDiscoveryClientAutoConfiguration" })
@ConditionalOnClass(GatewayAutoConfiguration.class)
@EnableConfigurationProperties(GovernanceGatewayProperties.class)
public final class GovernanceGatewayAutoConfiguration {

	private static final String HOSTS = "governance.resilience.outbound.hosts";

	@Bean
	@ConditionalOnMissingBean
	EdgeHeadersFilter governanceEdgeHeadersFilter(TrustedCallers trusted) {
		return new EdgeHeadersFilter(trusted);
	}

	@Bean
	@ConditionalOnMissingBean(NettyRoutingFilter.class)
	GovernedRoutingFilter governanceRoutingFilter(HttpClient httpClient,
			ObjectProvider<List<HttpHeadersFilter>> headersFilters, HttpClientProperties properties) {
		return new GovernedRoutingFilter(httpClient, headersFilters, properties);
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnBean(CallExecution.class)
	static class CallStageConfiguration {

		@Bean
		@ConditionalOnMissingBean
		CallStageFilter governanceCallStageFilter(CallExecution execution, ObjectProvider<LabelSource> labels,
				Environment environment) {
			return new CallStageFilter(new ReactiveCallExecutor(execution),
					labels.getIfAvailable(() -> LabelSource.NONE), execution.caller(), hosts(environment));
		}

		private static Set<String> hosts(Environment environment) {
			return Binder.get(environment)
				.bind(HOSTS, Bindable.listOf(String.class))
				.orElse(List.of())
				.stream()
				.map((host) -> host.toLowerCase(Locale.ROOT))
				.collect(Collectors.toSet());
		}

		@Bean
		EnforcementPoint governanceGatewayCallPoint() {
			return new EnforcementPoint(Segment.CALL, "gateway");
		}

		@Bean
		EnforcementPoint governanceGatewayAttemptPoint() {
			return new EnforcementPoint(Segment.ATTEMPT, "gateway");
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnBean(InstanceSelector.class)
	static class InstanceConfiguration {

		@Bean
		@ConditionalOnMissingBean
		InstanceFilter governanceInstanceFilter(InstanceSelector selector) {
			return new InstanceFilter(selector);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnBean(DiscoveryClient.class)
	@ConditionalOnBooleanProperty(name = "governance.gateway.registry-routes.enabled", matchIfMissing = true)
	static class RegistryRoutesConfiguration {

		@Bean
		@ConditionalOnMissingBean
		ExposedServices governanceExposedServices(DiscoveryClient discovery, GovernanceGatewayProperties properties,
				ApplicationEventPublisher events) {
			return new ExposedServices(discovery, properties.registryRoutes().interval(),
					() -> events.publishEvent(new RefreshRoutesEvent(ExposedServices.class)));
		}

		@Bean
		@ConditionalOnMissingBean
		RegistryRoutes governanceRegistryRoutes(ExposedServices exposed) {
			return new RegistryRoutes(exposed);
		}

	}

}
