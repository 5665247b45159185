// SPDX-License-Identifier: Apache-2.0

package io.governance.gateway.autoconfigure;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/**
 * Settings of the gateway.
 *
 * @param registryRoutes Routes that come from the registry.
 */
@ConfigurationProperties("governance.gateway")
public record GovernanceGatewayProperties(@DefaultValue RegistryRoutes registryRoutes) {

	/**
	 * Settings of routes that come from the registry.
	 *
	 * @param enabled Whether services that say gateway.expose=true in their metadata get
	 * a route /service/**.
	 * @param interval How often the registry is asked for such services.
	 * @param keepFor How long a route stays after the last instance of its service was
	 * seen.
	 */
	public record RegistryRoutes(@DefaultValue("true") boolean enabled, @DefaultValue("2s") Duration interval,
			@DefaultValue("10m") Duration keepFor) {

		/**
		 * Checks the durations.
		 */
		public RegistryRoutes {
			if (interval.toMillis() <= 0) {
				throw new InvalidConfigurationPropertyValueException("governance.gateway.registry-routes.interval",
						interval, "Expected: at least 1ms.");
			}
			if (keepFor.isNegative()) {
				throw new InvalidConfigurationPropertyValueException("governance.gateway.registry-routes.keep-for",
						keepFor, "Expected: 0s or more.");
			}
		}
	}

}
