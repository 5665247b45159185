// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.autoconfigure;

import java.util.UUID;

import io.governance.lease.LeaseStore;
import io.governance.lease.Leases;
import io.governance.resilience.lease.LeaseConnections;
import io.governance.resilience.lease.NoLeaseStore;
import io.governance.resilience.lease.RedisLeaseStore;
import io.governance.resilience.lease.StoredLeases;
import io.governance.time.TimeSource;
import io.lettuce.core.RedisClient;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.data.redis.autoconfigure.DataRedisConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/**
 * Auto-configuration of limits that instances share by the application's Redis.
 */
@AutoConfiguration(afterName = "org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration",
		beforeName = "io.governance.autoconfigure.GovernanceAutoConfiguration")
@ConditionalOnBooleanProperty(name = "governance.resilience.cluster-limits.enabled", matchIfMissing = true)
@EnableConfigurationProperties(GovernanceLeaseProperties.class)
public final class GovernanceLeaseAutoConfiguration {

	private static final String NO_STORE = "there is no Redis (expected: spring-boot-starter-data-redis with Lettuce, or a"
			+ " LeaseStore as a bean)";

	@Bean
	@ConditionalOnMissingBean(Leases.class)
	StoredLeases governanceLeases(ObjectProvider<LeaseStore> store, GovernanceLeaseProperties properties,
			ObjectProvider<TimeSource> time) {
		return new StoredLeases(store.getIfAvailable(() -> new NoLeaseStore(NO_STORE)), properties.instances(),
				time.getIfAvailable(TimeSource::system));
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass({ LettuceConnectionFactory.class, RedisClient.class, DataRedisConnectionDetails.class })
	@ConditionalOnBean(RedisConnectionFactory.class)
	static class RedisConfiguration {

		@Bean
		@ConditionalOnMissingBean({ LeaseStore.class, Leases.class })
		RedisLeaseStore governanceLeaseStore(GovernanceLeaseProperties properties, Environment environment,
				BeanFactory beans) {
			LeaseRedis redis = new LeaseRedis(beans, properties.connectionFactory());
			return new RedisLeaseStore(new LeaseConnections(redis::factory, redis::masterReplica),
					properties.keyPrefix(), environment.getProperty("spring.application.name", "application"),
					UUID.randomUUID().toString());
		}

	}

}
