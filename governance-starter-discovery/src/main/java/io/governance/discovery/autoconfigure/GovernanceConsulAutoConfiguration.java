// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.autoconfigure;

import java.nio.file.Path;
import java.util.concurrent.ScheduledExecutorService;

import io.governance.discovery.DiscoveryThreads;
import io.governance.discovery.InstanceSource;
import io.governance.discovery.consul.ConsulAccess;
import io.governance.discovery.consul.ConsulClient;
import io.governance.discovery.consul.ConsulInstanceSource;
import io.governance.discovery.consul.ConsulReachability;
import io.governance.discovery.consul.ConsulStartProbe;
import io.governance.discovery.consul.ConsulToken;
import io.governance.discovery.consul.WatchSettings;
import io.governance.time.TimeSource;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration of Consul as the source of instances, where its host is set.
 */
@AutoConfiguration
@ConditionalOnProperty(name = "governance.discovery.enabled", matchIfMissing = true)
@ConditionalOnConsul
@EnableConfigurationProperties({ DiscoveryConsulProperties.class, GovernanceDiscoveryProperties.class })
public final class GovernanceConsulAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	DiscoveryThreads governanceDiscoveryThreads() {
		return new DiscoveryThreads();
	}

	@Bean
	@ConditionalOnMissingBean
	ConsulAccess governanceConsulAccess(DiscoveryConsulProperties properties, ObjectProvider<SslBundles> bundles,
			ObjectProvider<TimeSource> time) {
		Path file = properties.tokenFile();
		ConsulToken token = (file != null) ? ConsulToken.inFile(file, time.getIfAvailable(TimeSource::system))
				: ConsulToken.of(properties.token());
		String bundle = properties.ssl().bundle();
		return (bundle == null) ? ConsulAccess.of(properties.address(), token)
				: new ConsulAccess(properties.address(), token, new BundledTls(bundles.getIfAvailable(), bundle));
	}

	@Bean
	@ConditionalOnMissingBean
	ConsulReachability governanceConsulReachability(ConsulAccess access) {
		return new ConsulReachability(access.address());
	}

	@Bean
	@ConditionalOnMissingBean(InstanceSource.class)
	ConsulInstanceSource governanceInstanceSource(ConsulAccess access, ConsulReachability reachability,
			DiscoveryConsulProperties consul, GovernanceDiscoveryProperties properties, DiscoveryThreads threads,
			ObjectProvider<TimeSource> time) {
		ScheduledExecutorService watching = threads.scheduler("discovery-watch");
		return new ConsulInstanceSource(new ConsulClient(access, reachability, watching), watching,
				new WatchSettings(consul.blockingWait(), properties.environment()),
				time.getIfAvailable(TimeSource::system));
	}

	@Bean
	@ConditionalOnMissingBean
	ConsulStartProbe governanceConsulStartProbe(ConsulAccess access, ConsulReachability reachability,
			DiscoveryThreads threads) {
		ScheduledExecutorService probing = threads.scheduler("discovery-probe");
		return new ConsulStartProbe(new ConsulClient(access, reachability, probing), probing);
	}

}
