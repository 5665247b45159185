// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.autoconfigure;

import io.governance.actuate.EnforcementPoint;
import io.governance.context.LabelSource;
import io.governance.engine.PolicyEngine;
import io.governance.policy.Segment;
import io.governance.resilience.caching.CacheSettings;
import io.governance.resilience.caching.GovernedCaches;
import io.governance.resilience.local.LocalCalls;
import io.governance.resilience.local.PrincipalSource;
import io.governance.time.TimeSource;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.NoneNestedConditions;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.cache.CacheManager;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;

/**
 * Auto-configuration of Spring's caches by rules, for applications that ask for them and
 * have no other.
 */
@AutoConfiguration(after = GovernanceLocalAutoConfiguration.class,
		// it makes a cache manager where there is none
		beforeName = "org.springframework.boot.cache.autoconfigure.CacheAutoConfiguration")
@ConditionalOnBooleanProperty("governance.resilience.cache-manager.enabled")
@ConditionalOnBean(LocalCalls.class)
@ConditionalOnMissingBean(value = CacheManager.class, name = "cacheResolver")
@Conditional(GovernanceCacheManagerAutoConfiguration.NoCacheType.class)
@EnableConfigurationProperties(GovernanceCacheManagerProperties.class)
public final class GovernanceCacheManagerAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	GovernedCaches governanceCacheManager(PolicyEngine engine, TimeSource time,
			ObjectProvider<PrincipalSource> principals, ObjectProvider<LabelSource> labels) {
		return new GovernedCaches(new CacheSettings(engine, time, principals.getIfAvailable(() -> PrincipalSource.NONE),
				labels.getIfAvailable(() -> LabelSource.NONE)));
	}

	@Bean
	EnforcementPoint governanceCacheManagerPoint(GovernedCaches manager) {
		return new EnforcementPoint(Segment.CALL, "", manager::description);
	}

	/**
	 * Whoever names a kind of cache gets it.
	 */
	static final class NoCacheType extends NoneNestedConditions {

		NoCacheType() {
			super(ConfigurationPhase.PARSE_CONFIGURATION);
		}

		@ConditionalOnProperty("spring.cache.type")
		static final class CacheType {

		}

	}

}
