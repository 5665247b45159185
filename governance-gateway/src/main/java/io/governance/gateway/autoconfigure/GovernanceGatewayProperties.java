// SPDX-License-Identifier: Apache-2.0

package io.governance.gateway.autoconfigure;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the gateway.
 *
 * @param registryRoutes routes that come from the registry
 */
@ConfigurationProperties("governance.gateway")
public record GovernanceGatewayProperties(@DefaultValue RegistryRoutes registryRoutes) {

	/**
	 * Settings of routes that come from the registry.
	 *
	 * @param enabled whether services that say gateway.expose=true in their metadata get
	 * a route /service/**
	 * @param interval how often the registry is asked for such services
	 */
	public record RegistryRoutes(@DefaultValue("true") boolean enabled, @DefaultValue("2s") Duration interval) {
	}

}
