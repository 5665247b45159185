// SPDX-License-Identifier: Apache-2.0

package io.governance.config;

import java.nio.file.Path;
import java.time.Duration;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the remote configuration. Addresses, credentials, profile and label are
 * Spring Cloud Config's own ({@code spring.cloud.config.*}).
 *
 * @param enabled whether the starter takes over what configserver: imports; without it
 * Spring Cloud Config's client works as if the starter were not there
 * @param watch how changes are learned of
 * @param lastKnownGood what a start falls back to while the server is away
 */
@ConfigurationProperties("governance.config")
public record ConfigProperties(@DefaultValue("true") boolean enabled, @DefaultValue Watch watch,
		@DefaultValue LastKnownGood lastKnownGood) {

	/**
	 * How changes are learned of.
	 *
	 * @param enabled whether to watch at all
	 * @param hold how long the server may hold a watch request
	 * @param refetchInterval how often everything is fetched anyway; also how often a
	 * server without a watch endpoint is polled
	 * @param maxBackoff longest pause between two attempts while the server is away
	 */
	public record Watch(@DefaultValue("true") boolean enabled, @DefaultValue("30s") Duration hold,
			@DefaultValue("60s") Duration refetchInterval, @DefaultValue("5s") Duration maxBackoff) {

		/**
		 * Checks the values.
		 */
		public Watch {
			requirePositive("hold", hold);
			requirePositive("refetch-interval", refetchInterval);
			requirePositive("max-backoff", maxBackoff);
		}

		private static void requirePositive(String name, Duration value) {
			if (value.toMillis() < 1) {
				throw new IllegalArgumentException(
						"governance.config.watch." + name + ": " + value + " (expected: 1ms or more)");
			}
		}

	}

	/**
	 * What a start falls back to while the server is away.
	 *
	 * @param enabled whether the last accepted configuration is kept in a file
	 * @param directory where the files lie. Default: governance/config in the user's
	 * cache directory
	 * @param maxAge older files are not used
	 */
	public record LastKnownGood(@DefaultValue("true") boolean enabled, @Nullable Path directory,
			@DefaultValue("7d") Duration maxAge) {

	}

}
