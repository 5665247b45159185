// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.autoconfigure;

import io.governance.resilience.lease.LeaseMeters;
import io.governance.resilience.lease.LeasesHealthIndicator;
import io.governance.resilience.lease.StoredLeases;
import io.micrometer.core.instrument.binder.MeterBinder;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Auto-configuration of the health details and meters of limits that instances share.
 */
@AutoConfiguration(after = GovernanceLeaseAutoConfiguration.class)
@ConditionalOnBean(StoredLeases.class)
public final class GovernanceLeaseActuatorAutoConfiguration {

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass({ HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class })
	static class HealthConfiguration {

		@Bean
		@ConditionalOnMissingBean(name = "governanceLeasesHealthIndicator")
		@ConditionalOnEnabledHealthIndicator("governance-leases")
		LeasesHealthIndicator governanceLeasesHealthIndicator(StoredLeases leases) {
			return new LeasesHealthIndicator(leases);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(MeterBinder.class)
	static class MeterConfiguration {

		@Bean
		@ConditionalOnMissingBean
		LeaseMeters governanceLeaseMeters(StoredLeases leases) {
			return new LeaseMeters(leases);
		}

	}

}
