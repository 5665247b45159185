// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.autoconfigure;

import java.util.concurrent.ScheduledExecutorService;

import io.governance.discovery.DiscoveryThreads;
import io.governance.discovery.InstanceSource;
import io.governance.discovery.consul.ConsulAddress;
import io.governance.discovery.consul.ConsulClient;
import io.governance.discovery.consul.ConsulInstanceSource;
import io.governance.discovery.consul.ConsulReachability;
import io.governance.discovery.consul.ConsulStartProbe;
import io.governance.time.TimeSource;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration of Consul as the source of instances, where its host is set.
 */
@AutoConfiguration
@ConditionalOnProperty(name = "governance.discovery.enabled", matchIfMissing = true)
@ConditionalOnConsul
@EnableConfigurationProperties(GovernanceDiscoveryProperties.class)
public final class GovernanceConsulAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	DiscoveryThreads governanceDiscoveryThreads() {
		return new DiscoveryThreads();
	}

	@Bean
	@ConditionalOnMissingBean
	ConsulReachability governanceConsulReachability(GovernanceDiscoveryProperties properties) {
		return new ConsulReachability(properties.consulAddress());
	}

	@Bean
	@ConditionalOnMissingBean(InstanceSource.class)
	ConsulInstanceSource governanceInstanceSource(GovernanceDiscoveryProperties properties,
			ConsulReachability reachability, DiscoveryThreads threads, ObjectProvider<TimeSource> time) {
		ScheduledExecutorService watching = threads.scheduler("discovery-watch");
		ConsulAddress address = properties.consulAddress();
		return new ConsulInstanceSource(new ConsulClient(address, reachability, watching), watching,
				properties.consul().blockingWait(), time.getIfAvailable(TimeSource::system));
	}

	@Bean
	@ConditionalOnMissingBean
	ConsulStartProbe governanceConsulStartProbe(GovernanceDiscoveryProperties properties,
			ConsulReachability reachability, DiscoveryThreads threads) {
		ScheduledExecutorService probing = threads.scheduler("discovery-probe");
		return new ConsulStartProbe(new ConsulClient(properties.consulAddress(), reachability, probing), probing);
	}

}
