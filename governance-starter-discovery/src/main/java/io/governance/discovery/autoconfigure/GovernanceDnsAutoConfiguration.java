// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.autoconfigure;

import io.governance.discovery.DiscoveryThreads;
import io.governance.discovery.InstanceSource;
import io.governance.discovery.dns.DnsInstanceSource;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Resolver;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;

/**
 * Auto-configuration of DNS as the source of instances, where a name to ask for is set
 * and neither Consul nor etcd is.
 */
@AutoConfiguration(after = { GovernanceConsulAutoConfiguration.class, GovernanceEtcdAutoConfiguration.class },
		before = GovernanceDiscoveryAutoConfiguration.class)
@ConditionalOnProperty(name = "governance.discovery.enabled", matchIfMissing = true)
@Conditional(OnDnsCondition.class)
@EnableConfigurationProperties({ DiscoveryDnsProperties.class, GovernanceDiscoveryProperties.class })
public final class GovernanceDnsAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	DiscoveryThreads governanceDiscoveryThreads() {
		return new DiscoveryThreads();
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(Resolver.class)
	static class SourceConfiguration {

		@Bean
		@ConditionalOnMissingBean(InstanceSource.class)
		DnsInstanceSource governanceInstanceSource(DiscoveryDnsProperties properties,
				GovernanceDiscoveryProperties discovery, DiscoveryThreads threads) {
			checkEnvironment(discovery.environment());
			return new DnsInstanceSource(properties.dnsServers(), properties::where, properties.minimumTtl(),
					properties.maximumTtl(), threads.scheduler("discovery-dns"));
		}

		/** Better no start than calls to another environment. */
		private static void checkEnvironment(@Nullable String environment) {
			if (environment != null) {
				throw new IllegalStateException("governance.discovery.environment: " + environment
						+ " (expected: none with governance.discovery.dns.name, because DNS knows no environments; "
						+ "ask for a name that has the instances of this one only)");
			}
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnMissingClass("org.xbill.DNS.Resolver")
	static class MissingLibraryConfiguration {

		@Bean
		@ConditionalOnMissingBean(InstanceSource.class)
		InstanceSource governanceInstanceSource(DiscoveryDnsProperties properties) {
			throw new IllegalStateException("governance.discovery.dns.name: " + properties.name()
					+ " (expected: the library dnsjava:dnsjava on the class path)");
		}

	}

}
