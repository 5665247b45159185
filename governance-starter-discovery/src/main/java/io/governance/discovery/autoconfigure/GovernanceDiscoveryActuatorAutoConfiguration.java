// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.autoconfigure;

import io.governance.discovery.ServiceViews;
import io.governance.discovery.lifecycle.InstanceLifecycle;
import io.governance.discovery.connection.ConnectionLimits;
import io.governance.discovery.metrics.ConnectionMeters;
import io.governance.discovery.metrics.DiscoveryMeters;
import io.governance.discovery.metrics.InstanceMeters;
import io.governance.discovery.registration.SelfRegistration;
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
 * Auto-configuration of discovery's health details and meters.
 */
@AutoConfiguration(after = { GovernanceDiscoveryAutoConfiguration.class, GovernanceRegistrationAutoConfiguration.class,
		GovernanceLifecycleAutoConfiguration.class, GovernanceConnectionAutoConfiguration.class })
@ConditionalOnBean(ServiceViews.class)
public final class GovernanceDiscoveryActuatorAutoConfiguration {

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass({ HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class })
	static class HealthConfiguration {

		@Bean
		@ConditionalOnMissingBean(name = "governanceDiscoveryHealthIndicator")
		@ConditionalOnEnabledHealthIndicator("governance-discovery")
		DiscoveryHealthIndicator governanceDiscoveryHealthIndicator(ServiceViews views,
				ObjectProvider<SelfRegistration> registrations, ObjectProvider<InstanceLifecycle> lifecycle) {
			return new DiscoveryHealthIndicator(views, registrations.orderedStream().toList(),
					lifecycle.getIfAvailable());
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(MeterBinder.class)
	static class MeterConfiguration {

		@Bean
		@ConditionalOnMissingBean
		DiscoveryMeters governanceDiscoveryMeters(ServiceViews views, ObjectProvider<SelfRegistration> registrations) {
			return new DiscoveryMeters(views, registrations.orderedStream().toList());
		}

		@Bean
		@ConditionalOnBean(InstanceLifecycle.class)
		@ConditionalOnMissingBean
		InstanceMeters governanceInstanceMeters(InstanceLifecycle lifecycle) {
			return new InstanceMeters(lifecycle);
		}

		@Bean
		@ConditionalOnBean(ConnectionLimits.class)
		@ConditionalOnMissingBean
		ConnectionMeters governanceConnectionMeters(ConnectionLimits limits) {
			return new ConnectionMeters(limits);
		}

	}

}
