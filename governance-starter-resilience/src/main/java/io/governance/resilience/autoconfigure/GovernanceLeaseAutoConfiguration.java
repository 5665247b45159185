// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.autoconfigure;

import java.util.UUID;

import io.governance.lease.LeaseStore;
import io.governance.lease.Leases;
import io.governance.resilience.lease.LeaseConnections;
import io.governance.resilience.lease.RedisLeaseStore;
import io.governance.resilience.lease.StoredLeases;
import io.governance.time.TimeSource;
import io.lettuce.core.RedisClient;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/**
 * Auto-configuration of limits that instances share by the application's Redis.
 */
@AutoConfiguration(afterName = "org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration",
		beforeName = "io.governance.autoconfigure.GovernanceAutoConfiguration")
@ConditionalOnBooleanProperty(name = "governance.resilience.cluster-limits.enabled", matchIfMissing = true)
@EnableConfigurationProperties(GovernanceLeaseProperties.class)
public final class GovernanceLeaseAutoConfiguration {

	@Bean
	@ConditionalOnBean(LeaseStore.class)
	@ConditionalOnMissingBean(Leases.class)
	StoredLeases governanceLeases(LeaseStore store, ObjectProvider<TimeSource> time) {
		return new StoredLeases(store, time.getIfAvailable(TimeSource::system));
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass({ LettuceConnectionFactory.class, RedisClient.class })
	@ConditionalOnSingleCandidate(LettuceConnectionFactory.class)
	static class RedisConfiguration {

		@Bean
		@ConditionalOnMissingBean({ LeaseStore.class, Leases.class })
		RedisLeaseStore governanceLeaseStore(GovernanceLeaseProperties properties, Environment environment,
				ObjectProvider<LettuceConnectionFactory> redis) {
			return new RedisLeaseStore(new LeaseConnections(redis::getObject), properties.keyPrefix(),
					environment.getProperty("spring.application.name", "application"), UUID.randomUUID().toString());
		}

	}

}
