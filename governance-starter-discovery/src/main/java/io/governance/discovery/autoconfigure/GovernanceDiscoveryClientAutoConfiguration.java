// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.autoconfigure;

import java.util.concurrent.Executor;

import io.governance.discovery.DiscoveryThreads;
import io.governance.discovery.ServiceViews;
import io.governance.discovery.consul.ConsulCatalog;
import io.governance.discovery.consul.ConsulInstanceSource;
import io.governance.discovery.springcloud.ConsulDiscoveryClient;
import io.governance.discovery.springcloud.ConsulReactiveDiscoveryClient;
import reactor.core.publisher.Flux;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.cloud.client.CommonsClientAutoConfiguration;
import org.springframework.cloud.client.ConditionalOnBlockingDiscoveryEnabled;
import org.springframework.cloud.client.ConditionalOnDiscoveryEnabled;
import org.springframework.cloud.client.ConditionalOnReactiveDiscoveryEnabled;
import org.springframework.cloud.client.ReactiveCommonsClientAutoConfiguration;
import org.springframework.cloud.client.discovery.event.HeartbeatEvent;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Auto-configuration of our view as Spring Cloud discovery clients, where Consul feeds
 * it.
 */
@AutoConfiguration(after = GovernanceDiscoveryAutoConfiguration.class,
		before = { CommonsClientAutoConfiguration.class, ReactiveCommonsClientAutoConfiguration.class })
@ConditionalOnBean({ ConsulInstanceSource.class, ServiceViews.class })
@ConditionalOnDiscoveryEnabled
public final class GovernanceDiscoveryClientAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	ConsulCatalog governanceConsulCatalog(ConsulInstanceSource source, ApplicationEventPublisher publisher,
			GovernanceDiscoveryProperties properties, DiscoveryThreads threads) {
		ConsulCatalog catalog = source.catalog(properties.view().recoveryTime());
		// listeners may ask for instances, and so need the thread that watches
		Executor events = threads.scheduler("discovery-events");
		catalog.onChange((names) -> events.execute(() -> publisher.publishEvent(new HeartbeatEvent(catalog, names))));
		return catalog;
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnBlockingDiscoveryEnabled
	static class BlockingConfiguration {

		@Bean
		@ConditionalOnMissingBean
		ConsulDiscoveryClient governanceDiscoveryClient(ServiceViews views, ConsulCatalog catalog,
				GovernanceDiscoveryProperties properties) {
			return new ConsulDiscoveryClient(views, catalog, properties.view().firstListTimeout());
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(Flux.class)
	@ConditionalOnReactiveDiscoveryEnabled
	static class ReactiveConfiguration {

		@Bean
		@ConditionalOnMissingBean
		ConsulReactiveDiscoveryClient governanceReactiveDiscoveryClient(ServiceViews views, ConsulCatalog catalog,
				GovernanceDiscoveryProperties properties) {
			return new ConsulReactiveDiscoveryClient(views, catalog, properties.view().firstListTimeout());
		}

	}

}
