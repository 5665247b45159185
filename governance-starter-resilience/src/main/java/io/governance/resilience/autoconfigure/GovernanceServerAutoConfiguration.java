// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.autoconfigure;

import io.governance.resilience.server.BodyLimitFilter;
import io.governance.resilience.server.BodyLimitHandlers;
import io.governance.resilience.server.JettyHeads;
import io.governance.resilience.server.NettyConnections;
import io.governance.resilience.server.ServerLimits;
import io.governance.resilience.server.SlowHeads;
import io.governance.resilience.server.TomcatHeads;
import io.governance.resilience.servlet.RejectionCors;
import io.governance.time.TimeSource;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import org.apache.catalina.startup.Tomcat;
import org.apache.coyote.AbstractProtocol;
import org.eclipse.jetty.server.Server;
import reactor.netty.http.server.HttpServer;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jetty.ConfigurableJettyWebServerFactory;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.http.server.reactive.HttpHandlerDecoratorFactory;

/**
 * Auto-configuration of the limits of this process's own server.
 */
@AutoConfiguration(after = GovernanceInboundAutoConfiguration.class)
@ConditionalOnWebApplication
@ConditionalOnBooleanProperty(name = "governance.resilience.server.enabled", matchIfMissing = true)
@EnableConfigurationProperties(GovernanceServerProperties.class)
public final class GovernanceServerAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	ServerLimits governanceServerLimits(GovernanceServerProperties properties) {
		return properties.limits();
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass({ Tomcat.class, ConfigurableTomcatWebServerFactory.class })
	static class TomcatConfiguration {

		@Bean
		WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory> governanceTomcatLimits(ServerLimits limits,
				SlowHeads heads, ObjectProvider<TimeSource> time, Environment environment) {
			return (factory) -> factory.addConnectorCustomizers((connector) -> {
				boolean own = environment.containsProperty("server.tomcat.max-connections");
				if (!own && connector.getProtocolHandler() instanceof AbstractProtocol<?> protocol) {
					protocol.setMaxConnections((limits.maxConnections() > 0) ? limits.maxConnections() : -1);
				}
				heads.watch(new TomcatHeads(connector, time.getIfAvailable(TimeSource::system)));
			});
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass({ Server.class, ConfigurableJettyWebServerFactory.class })
	static class JettyConfiguration {

		@Bean
		WebServerFactoryCustomizer<ConfigurableJettyWebServerFactory> governanceJettyLimits(ServerLimits limits,
				SlowHeads heads, ObjectProvider<TimeSource> time, Environment environment) {
			return (factory) -> {
				if (limits.maxConnections() > 0 && !environment.containsProperty("server.jetty.max-connections")) {
					factory.setMaxConnections(limits.maxConnections());
				}
				factory.addServerCustomizers(
						(server) -> heads.watch(new JettyHeads(server, time.getIfAvailable(TimeSource::system))));
			};
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass({ HttpServer.class, NettyReactiveWebServerFactory.class })
	static class NettyConfiguration {

		@Bean
		WebServerFactoryCustomizer<NettyReactiveWebServerFactory> governanceNettyLimits(ServerLimits limits) {
			return (factory) -> factory.addServerCustomizers((server) -> new NettyConnections(limits).addTo(server));
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class HeadConfiguration {

		@Bean
		@ConditionalOnMissingBean
		SlowHeads governanceSlowHeads(ServerLimits limits) {
			return new SlowHeads(limits.headTimeout());
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
	@ConditionalOnClass({ Filter.class, FilterRegistrationBean.class })
	static class ServletConfiguration {

		@Bean
		@ConditionalOnMissingBean(name = "governanceBodyLimitFilter")
		FilterRegistrationBean<BodyLimitFilter> governanceBodyLimitFilter(ServerLimits limits,
				ObjectProvider<TimeSource> time, ObjectProvider<RejectionCors> cors) {
			FilterRegistrationBean<BodyLimitFilter> registration = new FilterRegistrationBean<>(
					new BodyLimitFilter(limits, time.getIfAvailable(TimeSource::system), cors.getIfAvailable()));
			registration.setOrder(GovernanceInboundAutoConfiguration.EDGE_ORDER + 1);
			registration.setDispatcherTypes(DispatcherType.REQUEST);
			return registration;
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
	@ConditionalOnClass(HttpHandlerDecoratorFactory.class)
	static class ReactiveConfiguration {

		@Bean
		@ConditionalOnMissingBean
		BodyLimitHandlers governanceBodyLimitHandlers(ServerLimits limits, ObjectProvider<TimeSource> time) {
			return new BodyLimitHandlers(limits, time.getIfAvailable(TimeSource::system));
		}

	}

}
