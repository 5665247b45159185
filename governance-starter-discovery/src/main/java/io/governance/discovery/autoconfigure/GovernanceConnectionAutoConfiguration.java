// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.autoconfigure;

import io.governance.actuate.EnforcementPoint;
import io.governance.client.RequestFactoryStage;
import io.governance.discovery.DiscoveryThreads;
import io.governance.discovery.ServiceViews;
import io.governance.discovery.connection.ClientConnections;
import io.governance.discovery.connection.ConnectionLimitStage;
import io.governance.discovery.connection.ConnectionLimits;
import io.governance.discovery.connection.ConnectionPlan;
import io.governance.discovery.connection.ReactorConnections;
import io.governance.discovery.connection.WebClientConnections;
import io.governance.discovery.connection.WebClientGroupConnections;
import io.governance.policy.Segment;
import io.governance.time.TimeSource;
import reactor.netty.http.client.HttpClient;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.client.RestClient;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.support.WebClientHttpServiceGroupConfigurer;

/**
 * Auto-configuration of the connections to called services.
 */
@AutoConfiguration(after = GovernanceDiscoveryAutoConfiguration.class)
@ConditionalOnBean(ServiceViews.class)
@ConditionalOnProperty(name = { "governance.discovery.enabled", "governance.discovery.load-balancer.enabled",
		"governance.discovery.connection.enabled" }, matchIfMissing = true)
@EnableConfigurationProperties(DiscoveryConnectionProperties.class)
public final class GovernanceConnectionAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	ConnectionPlan governanceConnectionPlan(DiscoveryConnectionProperties properties, ServiceViews views) {
		return properties.plan(views::hasInstance);
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass({ RestClient.class, RequestFactoryStage.class })
	static class BlockingConfiguration {

		@Bean
		@ConditionalOnMissingBean
		ConnectionLimits governanceConnectionLimits(ConnectionPlan plan, ObjectProvider<TimeSource> time) {
			return new ConnectionLimits(plan, time.getIfAvailable(TimeSource::system));
		}

		@Bean
		@ConditionalOnMissingBean
		ConnectionLimitStage governanceConnectionLimitStage(ConnectionLimits limits) {
			return new ConnectionLimitStage(limits);
		}

		@Bean
		@ConditionalOnMissingBean
		ClientConnections governanceClientConnections(ConnectionPlan plan, DiscoveryThreads threads) {
			return new ClientConnections(plan, threads.scheduler("idle-connections"));
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(HttpClient.class)
	static class ReactorConfiguration {

		@Bean(destroyMethod = "dispose")
		@ConditionalOnMissingBean
		ReactorConnections governanceReactorConnections(ConnectionPlan plan, ObjectProvider<EnforcementPoint> points) {
			return new ReactorConnections(plan, () -> points.stream().anyMatch(ReactorConfiguration::isOfWebClient));
		}

		private static boolean isOfWebClient(EnforcementPoint point) {
			return point.segment() == Segment.CALL && "WebClient".equals(point.adapter());
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass({ WebClient.class, HttpClient.class })
	static class WebClientConfiguration {

		@Bean
		@ConditionalOnMissingBean
		static WebClientConnections governanceWebClientConnections(ObjectProvider<ReactorConnections> connections,
				ListableBeanFactory beans) {
			return new WebClientConnections(connections, beans);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass({ WebClient.class, HttpClient.class, WebClientHttpServiceGroupConfigurer.class })
	static class WebClientGroupConfiguration {

		@Bean
		@ConditionalOnMissingBean
		WebClientGroupConnections governanceWebClientGroupConnections(WebClientConnections connections) {
			return new WebClientGroupConnections(connections);
		}

	}

}
