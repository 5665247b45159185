// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.autoconfigure;

import java.time.Duration;

import io.governance.resilience.server.ServerLimits;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.util.unit.DataSize;

/**
 * Limits of this process's own server, fixed at start. The size of a request's head is
 * Boot's {@code server.max-http-request-header-size}.
 *
 * @param enabled Whether the server has these limits.
 * @param maxBodySize How long a request body may be; any length by default.
 * @param maxConnections How many connections are served at a time; 0 for any number. Does
 * not replace Boot's own property for Tomcat or Jetty where that is set.
 * @param headTimeout How long the head of a request may take from its first byte; 0s for
 * any time.
 * @param minBodyRate How much of a body must come per second on average, while it is
 * waited for; 0B for any pace.
 * @param bodyGrace How long a body may be slower.
 */
@ConfigurationProperties(GovernanceServerProperties.PREFIX)
record GovernanceServerProperties(@DefaultValue("true") boolean enabled, @Nullable DataSize maxBodySize,
		@DefaultValue("8192") int maxConnections, @DefaultValue("20s") Duration headTimeout,
		@DefaultValue("256B") DataSize minBodyRate, @DefaultValue("10s") Duration bodyGrace) {

	static final String PREFIX = "governance.resilience.server";

	/**
	 * Checks the values.
	 */
	GovernanceServerProperties {
		notNegative("max-body-size", maxBodySize, maxBodySize != null && maxBodySize.isNegative());
		notNegative("max-connections", maxConnections, maxConnections < 0);
		notNegative("head-timeout", headTimeout, headTimeout.isNegative());
		notNegative("min-body-rate", minBodyRate, minBodyRate.isNegative());
		notNegative("body-grace", bodyGrace, bodyGrace.isNegative());
	}

	private static void notNegative(String key, @Nullable Object value, boolean negative) {
		if (negative) {
			throw new InvalidConfigurationPropertyValueException(PREFIX + "." + key, value, "Expected: 0 or more.");
		}
	}

	ServerLimits limits() {
		return new ServerLimits((this.maxBodySize != null) ? this.maxBodySize.toBytes() : -1, this.maxConnections,
				this.headTimeout, this.minBodyRate.toBytes(), this.bodyGrace);
	}

}
