// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.autoconfigure;

import io.governance.autoconfigure.GovernanceAutoConfiguration;
import io.governance.client.CallOrigin;
import io.governance.discovery.AttemptCounters;
import io.governance.discovery.DiscoveryThreads;
import io.governance.discovery.InstanceSelector;
import io.governance.discovery.InstanceSource;
import io.governance.discovery.SelectionSettings;
import io.governance.discovery.ServiceViews;
import io.governance.discovery.metrics.AttemptMeters;
import io.governance.discovery.springcloud.ClientContact;
import io.governance.discovery.springcloud.DiscoveryClientSource;
import io.governance.discovery.springcloud.PollSettings;
import io.governance.engine.PolicyEngine;
import io.governance.time.TimeSource;
import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.cloud.client.discovery.DiscoveryClient;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * Auto-configuration of the views of called services. Without Consul they are fed by
 * whatever Spring Cloud {@code DiscoveryClient} is there.
 */
@AutoConfiguration(after = { GovernanceAutoConfiguration.class, GovernanceConsulAutoConfiguration.class })
@ConditionalOnProperty(name = "governance.discovery.enabled", matchIfMissing = true)
@EnableConfigurationProperties({ GovernanceDiscoveryProperties.class, DiscoveryRoutingProperties.class })
@Import(MirrorConfiguration.class)
public final class GovernanceDiscoveryAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	DiscoveryThreads governanceDiscoveryThreads() {
		return new DiscoveryThreads();
	}

	@Bean
	@ConditionalOnMissingBean(InstanceSource.class)
	DiscoveryClientSource governanceInstanceSource(ObjectProvider<DiscoveryClient> clients,
			ObjectProvider<ClientContact> contacts, DiscoveryThreads threads,
			GovernanceDiscoveryProperties properties) {
		return new DiscoveryClientSource(clients, contacts, threads.scheduler("discovery-poll"),
				new PollSettings(properties.view().pollInterval(), properties.environment()));
	}

	@Bean
	@ConditionalOnMissingBean(InstanceSelector.class)
	ServiceViews governanceServiceViews(InstanceSource source, GovernanceDiscoveryProperties properties,
			SelectionSettings selection, ObjectProvider<AttemptCounters> counters, TimeSource time,
			DiscoveryThreads threads) {
		return new ServiceViews(source, properties.viewSettings(), selection,
				counters.getIfAvailable(() -> AttemptCounters.NONE), time, threads.scheduler("discovery-timer"));
	}

	@Bean
	@ConditionalOnMissingBean
	SelectionSettings governanceSelectionSettings(PolicyEngine engine, CallOrigin origin,
			GovernanceDiscoveryProperties properties, DiscoveryRoutingProperties routing) {
		return new SelectionSettings(engine, origin.caller(), properties.zone(), routing.laneLabel(), routing.lanes());
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(MeterRegistry.class)
	static class MeterConfiguration {

		@Bean
		@ConditionalOnMissingBean(AttemptCounters.class)
		AttemptMeters governanceAttemptMeters(ObjectProvider<MeterRegistry> registry, ObjectProvider<TimeSource> time) {
			return new AttemptMeters(registry, time.getIfAvailable(TimeSource::system));
		}

	}

}
