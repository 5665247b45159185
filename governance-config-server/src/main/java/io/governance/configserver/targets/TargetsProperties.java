// SPDX-License-Identifier: Apache-2.0

package io.governance.configserver.targets;

import java.time.Duration;
import java.util.Set;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the scrape targets.
 *
 * @param refreshInterval how often the registry is asked for all instances
 * @param excludedServices services that have no metrics; Consul lists itself as one
 */
@ConfigurationProperties("governance.config-server.targets")
public record TargetsProperties(@DefaultValue("5s") Duration refreshInterval,
		@DefaultValue("consul") Set<String> excludedServices) {

	/**
	 * Checks the values.
	 */
	public TargetsProperties {
		if (refreshInterval.toMillis() < 100) {
			throw new IllegalArgumentException("governance.config-server.targets.refresh-interval: " + refreshInterval
					+ " (expected: at least 100ms)");
		}
	}

}
