// SPDX-License-Identifier: Apache-2.0

package io.governance.configserver.targets;

import io.governance.discovery.consul.ConsulInstanceSource;
import io.governance.discovery.consul.ConsulInventory;
import io.governance.metrics.GovernanceMeter;
import io.governance.time.TimeSource;
import io.micrometer.core.instrument.binder.MeterBinder;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.cloud.client.discovery.DiscoveryClient;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Beans of the scrape targets. Consul is asked for all that is registered; any other
 * registry for what its discovery client shows.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(TargetsProperties.class)
public class TargetsConfiguration {

	@Bean
	ScrapeTargets scrapeTargets(ObjectProvider<ConsulInstanceSource> consul, ObjectProvider<DiscoveryClient> clients,
			TargetsProperties properties, ObjectProvider<TimeSource> time) {
		return new ScrapeTargets(source(consul, clients), properties, time.getIfAvailable(TimeSource::system));
	}

	@Bean
	TargetsController targetsController(ScrapeTargets targets) {
		return new TargetsController(targets);
	}

	@Bean
	MeterBinder targetsMeters(ScrapeTargets targets) {
		return (registry) -> {
			GovernanceMeter.CONFIG_SERVER_TARGETS.gauge(targets, ScrapeTargets::size).register(registry);
			GovernanceMeter.CONFIG_SERVER_TARGETS_AGE.gauge(targets, ScrapeTargets::staleSeconds).register(registry);
		};
	}

	private static TargetSource source(ObjectProvider<ConsulInstanceSource> consul,
			ObjectProvider<DiscoveryClient> clients) {
		ConsulInstanceSource source = consul.getIfAvailable();
		if (source == null) {
			return new DiscoveryClientTargets(clients);
		}
		ConsulInventory inventory = source.inventory();
		// bounded: each request has its own limit
		return () -> inventory.instances().join();
	}

}
