// SPDX-License-Identifier: Apache-2.0

package io.governance.config.autoconfigure;

import io.governance.config.actuate.ConfigMeterBinder;
import io.governance.config.actuate.RemoteConfigHealthIndicator;
import io.governance.config.refresh.ConfigMeters;
import io.governance.config.remote.RemoteConfigState;
import io.governance.time.TimeSource;
import io.micrometer.core.instrument.binder.MeterBinder;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Auto-configuration of the health details and meters of remote configuration.
 */
@AutoConfiguration(after = GovernanceConfigAutoConfiguration.class)
@ConditionalOnBean({ RemoteConfigState.class, ConfigMeters.class })
public final class GovernanceConfigActuatorAutoConfiguration {

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass({ HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class })
	static class HealthConfiguration {

		@Bean
		@ConditionalOnMissingBean(name = "governanceConfigHealthIndicator")
		@ConditionalOnEnabledHealthIndicator("governance-config")
		RemoteConfigHealthIndicator governanceConfigHealthIndicator(RemoteConfigState state,
				ObjectProvider<TimeSource> time) {
			return new RemoteConfigHealthIndicator(state, time.getIfAvailable(TimeSource::system));
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(MeterBinder.class)
	static class MeterConfiguration {

		@Bean
		@ConditionalOnMissingBean
		ConfigMeterBinder governanceConfigMeterBinder(RemoteConfigState state, ConfigMeters meters,
				ObjectProvider<TimeSource> time) {
			return new ConfigMeterBinder(state, meters, time.getIfAvailable(TimeSource::system));
		}

	}

}
