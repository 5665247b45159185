// SPDX-License-Identifier: Apache-2.0

package io.governance.gateway.autoconfigure;

import java.util.List;

import io.governance.actuate.EnforcementPoint;
import io.governance.client.CallOrigin;
import io.governance.context.TrustedCallers;
import io.governance.discovery.InstanceSelector;
import io.governance.discovery.connection.ReactorConnections;
import io.governance.discovery.mirror.Mirror;
import io.governance.gateway.edge.EdgeHeaders;
import io.governance.gateway.edge.ForwardedHeaders;
import io.governance.gateway.filter.AnswerFilter;
import io.governance.gateway.filter.AttemptObservationConvention;
import io.governance.gateway.filter.CallStageFilter;
import io.governance.gateway.filter.ExchangeContextFilter;
import io.governance.gateway.filter.ExchangeContextWebFilter;
import io.governance.gateway.filter.GatewayUpstreams;
import io.governance.gateway.filter.GovernedRoutingFilter;
import io.governance.gateway.filter.InstanceFilter;
import io.governance.gateway.filter.PooledHttpClientFactory;
import io.governance.gateway.filter.StockConnectionDefaults;
import io.governance.gateway.route.ExposedServices;
import io.governance.gateway.route.RegistryRoutes;
import io.governance.policy.Segment;
import io.governance.resilience.client.ClientSettings;
import io.governance.time.TimeSource;
import io.governance.tracing.accesslog.UpstreamSource;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.WebsocketClientSpec;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.cloud.client.discovery.DiscoveryClient;
import org.springframework.cloud.gateway.config.GatewayAutoConfiguration;
import org.springframework.cloud.gateway.config.HttpClientCustomizer;
import org.springframework.cloud.gateway.config.HttpClientFactory;
import org.springframework.cloud.gateway.config.HttpClientProperties;
import org.springframework.cloud.gateway.config.HttpClientSslConfigurer;
import org.springframework.cloud.gateway.filter.headers.observation.GatewayObservationConvention;
import org.springframework.cloud.gateway.event.RefreshRoutesEvent;
import org.springframework.cloud.gateway.filter.NettyRoutingFilter;
import org.springframework.cloud.gateway.filter.headers.HttpHeadersFilter;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.web.reactive.socket.client.ReactorNettyWebSocketClient;
import org.springframework.web.reactive.socket.client.WebSocketClient;

/**
 * Auto-configuration of the gateway: its edge, its call stage and attempt stage, and
 * routes from the registry.
 */
@AutoConfiguration(before = GatewayAutoConfiguration.class,
		afterName = { "io.governance.resilience.autoconfigure.GovernanceOutboundAutoConfiguration",
				"io.governance.discovery.autoconfigure.GovernanceDiscoveryAutoConfiguration",
				"io.governance.discovery.autoconfigure.GovernanceConnectionAutoConfiguration",
				"io.governance.discovery.autoconfigure.GovernanceDiscoveryClientAutoConfiguration",
				"org.springframework.cloud.client.discovery.composite.CompositeDiscoveryClientAutoConfiguration",
				"org.springframework.cloud.client.discovery.simple.SimpleDiscoveryClientAutoConfiguration" })
@ConditionalOnClass(GatewayAutoConfiguration.class)
@EnableConfigurationProperties(GovernanceGatewayProperties.class)
public final class GovernanceGatewayAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	EdgeHeaders governanceEdgeHeaders(TrustedCallers trusted) {
		return new EdgeHeaders(trusted);
	}

	@Bean
	@ConditionalOnMissingBean
	ForwardedHeaders governanceForwardedHeaders() {
		return new ForwardedHeaders();
	}

	@Bean
	@ConditionalOnMissingBean(UpstreamSource.class)
	GatewayUpstreams governanceGatewayUpstreams() {
		return new GatewayUpstreams();
	}

	/**
	 * Reactor Netty sends a request once more when a connection breaks, POST included;
	 * that is for retry rules to decide.
	 */
	@Bean
	HttpClientCustomizer governanceSingleSend() {
		return (client) -> client.disableRetry(true);
	}

	@Bean
	@ConditionalOnMissingBean(NettyRoutingFilter.class)
	GovernedRoutingFilter governanceRoutingFilter(HttpClient httpClient,
			ObjectProvider<List<HttpHeadersFilter>> headersFilters, HttpClientProperties properties,
			ObjectProvider<ReactorConnections> connections) {
		return new GovernedRoutingFilter(httpClient, headersFilters, properties, connections.getIfAvailable());
	}

	/**
	 * The gateway's connections by the settings for called services.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnBean(ReactorConnections.class)
	static class PooledConnectionConfiguration {

		@Bean
		@ConditionalOnMissingBean({ HttpClient.class, HttpClientFactory.class })
		PooledHttpClientFactory gatewayHttpClientFactory(HttpClientProperties properties, ServerProperties server,
				List<HttpClientCustomizer> customizers, HttpClientSslConfigurer ssl, ReactorConnections connections) {
			return new PooledHttpClientFactory(properties, server, customizers, ssl, connections);
		}

		/**
		 * A WebSocket keeps its connection for hours: in the pool it would take the place
		 * of calls. Primary, since Spring Cloud always makes one too.
		 */
		@Bean
		@Primary
		@ConditionalOnMissingBean(WebSocketClient.class)
		ReactorNettyWebSocketClient governanceWebSocketClient(HttpClient httpClient, HttpClientProperties properties,
				ReactorConnections connections) {
			HttpClientProperties.Websocket settings = properties.getWebsocket();
			return new ReactorNettyWebSocketClient(connections.unpooled(httpClient), () -> {
				WebsocketClientSpec.Builder spec = WebsocketClientSpec.builder().handlePing(settings.isProxyPing());
				Integer maxLength = settings.getMaxFramePayloadLength();
				return (maxLength != null) ? spec.maxFramePayloadLength(maxLength) : spec;
			});
		}

	}

	/**
	 * Without the settings for called services Spring Cloud's pool would wait half a
	 * minute for a connection, and keep idle ones for ever.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnMissingBean(ReactorConnections.class)
	static class StockConnectionConfiguration {

		@Bean
		static StockConnectionDefaults governanceStockConnectionDefaults() {
			return new StockConnectionDefaults();
		}

	}

	/**
	 * Reactor's automatic propagation costs over a third of the throughput.
	 */
	@Configuration(proxyBeanMethods = false)
	static class ContextConfiguration {

		@Bean
		@ConditionalOnMissingBean
		ExchangeContextWebFilter governanceExchangeContextWebFilter() {
			return new ExchangeContextWebFilter();
		}

		@Bean
		@ConditionalOnMissingBean(name = "governanceResponseContextFilter")
		ExchangeContextFilter governanceResponseContextFilter() {
			return new ExchangeContextFilter(ExchangeContextFilter.RESPONSE);
		}

		@Bean
		@ConditionalOnMissingBean(name = "governanceAttemptContextFilter")
		ExchangeContextFilter governanceAttemptContextFilter() {
			return new ExchangeContextFilter(ExchangeContextFilter.ATTEMPT);
		}

		@Bean
		@ConditionalOnMissingBean(GatewayObservationConvention.class)
		AttemptObservationConvention governanceAttemptObservationConvention() {
			return new AttemptObservationConvention();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnBean(ClientSettings.class)
	static class CallStageConfiguration {

		@Bean
		@ConditionalOnMissingBean
		CallStageFilter governanceCallStageFilter(ClientSettings settings) {
			return new CallStageFilter(settings);
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
		InstanceFilter governanceInstanceFilter(InstanceSelector selector, CallOrigin origin, Mirror mirror) {
			return new InstanceFilter(selector, origin, mirror);
		}

		@Bean
		@ConditionalOnMissingBean
		AnswerFilter governanceAnswerFilter() {
			return new AnswerFilter();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnBean(DiscoveryClient.class)
	@ConditionalOnBooleanProperty(name = "governance.gateway.registry-routes.enabled", matchIfMissing = true)
	static class RegistryRoutesConfiguration {

		@Bean
		@ConditionalOnMissingBean
		ExposedServices governanceExposedServices(DiscoveryClient discovery, GovernanceGatewayProperties properties,
				ObjectProvider<TimeSource> time, ApplicationEventPublisher events) {
			GovernanceGatewayProperties.RegistryRoutes settings = properties.registryRoutes();
			return new ExposedServices(discovery,
					new ExposedServices.RouteLifetime(settings.interval(), settings.keepFor()),
					time.getIfAvailable(TimeSource::system),
					() -> events.publishEvent(new RefreshRoutesEvent(ExposedServices.class)));
		}

		@Bean
		@ConditionalOnMissingBean
		RegistryRoutes governanceRegistryRoutes(ExposedServices exposed) {
			return new RegistryRoutes(exposed);
		}

	}

}
