// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.autoconfigure;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the copies that mirror rules ask for.
 *
 * @param timeout How long a copy may take, its answer included.
 * @param connectTimeout How long it may take to make a connection for a copy.
 * @param ssl How instances that speak TLS are trusted.
 */
@ConfigurationProperties("governance.discovery.mirror")
record DiscoveryMirrorProperties(@DefaultValue("5s") Duration timeout, @DefaultValue("1s") Duration connectTimeout,
		@DefaultValue Ssl ssl) {

	/**
	 * Checks the times.
	 */
	DiscoveryMirrorProperties {
		check("timeout", timeout);
		check("connect-timeout", connectTimeout);
	}

	private static void check(String name, Duration value) {
		if (value.isNegative() || value.isZero()) {
			throw bad(name, value, "more than 0");
		}
	}

	static IllegalArgumentException bad(String name, Object value, String expected) {
		return new IllegalArgumentException(
				"governance.discovery.mirror." + name + ": " + value + " (expected: " + expected + ")");
	}

	/**
	 * TLS of copies.
	 *
	 * @param bundle Name of a bundle below spring.ssl.bundle; without it as the platform
	 * does.
	 */
	record Ssl(@Nullable String bundle) {
	}

}
