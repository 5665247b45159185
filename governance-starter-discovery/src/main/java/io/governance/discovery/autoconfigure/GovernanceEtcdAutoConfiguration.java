// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.autoconfigure;

import io.etcd.jetcd.Client;
import io.governance.discovery.DiscoveryThreads;
import io.governance.discovery.InstanceSource;
import io.governance.discovery.etcd.EtcdConnection;
import io.governance.discovery.etcd.EtcdInstanceSource;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;

/**
 * Auto-configuration of etcd as the source of instances, where its endpoints are set.
 * Where Consul is set too, others are found through Consul.
 */
@AutoConfiguration(after = GovernanceConsulAutoConfiguration.class, before = GovernanceDiscoveryAutoConfiguration.class)
@ConditionalOnProperty(name = "governance.discovery.enabled", matchIfMissing = true)
@Conditional(OnEtcdCondition.class)
@EnableConfigurationProperties({ GovernanceDiscoveryProperties.class, DiscoveryEtcdProperties.class })
public final class GovernanceEtcdAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	DiscoveryThreads governanceDiscoveryThreads() {
		return new DiscoveryThreads();
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(Client.class)
	static class SourceConfiguration {

		@Bean
		@ConditionalOnMissingBean
		EtcdConnection governanceEtcdConnection(DiscoveryEtcdProperties etcd, GovernanceDiscoveryProperties properties,
				ObjectProvider<SslBundles> bundles) {
			return new EtcdConnection(etcd.settings(tls(etcd, bundles), properties.environment()));
		}

		@Bean
		@ConditionalOnMissingBean(InstanceSource.class)
		EtcdInstanceSource governanceInstanceSource(EtcdConnection etcd, DiscoveryThreads threads) {
			return new EtcdInstanceSource(etcd, threads.scheduler("discovery-watch"));
		}

		private static @Nullable SslBundle tls(DiscoveryEtcdProperties properties, ObjectProvider<SslBundles> bundles) {
			String name = properties.sslBundle();
			if (name != null) {
				return BundledTls.bundle(bundles.getIfAvailable(), "governance.discovery.etcd.ssl-bundle", name);
			}
			return properties.isSecure() ? SslBundle.systemDefault() : null;
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnMissingClass("io.etcd.jetcd.Client")
	static class MissingLibraryConfiguration {

		@Bean
		@ConditionalOnMissingBean(InstanceSource.class)
		InstanceSource governanceInstanceSource(DiscoveryEtcdProperties properties) {
			throw new IllegalStateException("governance.discovery.etcd.endpoints: " + properties.endpoints()
					+ " (expected: the library io.etcd:jetcd-core on the class path)");
		}

	}

}
