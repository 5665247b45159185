// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.autoconfigure;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;

import io.governance.discovery.connection.ConnectionPlan;
import io.governance.discovery.connection.ConnectionSettings;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/**
 * Settings of connections to called services, fixed at start.
 *
 * @param enabled whether connections of load-balanced clients are set up by these
 * settings; otherwise each client keeps its own
 * @param connectTimeout how long making a connection may take; a shorter time of a
 * timeout rule wins
 * @param idleTimeout how long a connection is kept that is not used; must be shorter than
 * what the called servers keep one
 * @param maxLife how long a connection is used at all; no bound by default
 * @param poolSize how many connections there may be to one instance
 * @param maxPending how many calls to one instance may wait for a connection
 * @param pendingTimeout how long a call may wait for a connection
 * @param http2 whether HTTP/2 is spoken with instances that can; by default what the
 * client does by itself
 * @param services settings of single services, by name; what is not given there is as for
 * all
 */
@ConfigurationProperties(DiscoveryConnectionProperties.PREFIX)
public record DiscoveryConnectionProperties(@DefaultValue("true") boolean enabled,
		@DefaultValue("2s") Duration connectTimeout, @DefaultValue("4s") Duration idleTimeout,
		@Nullable Duration maxLife, @DefaultValue("1000") int poolSize, @DefaultValue("1000") int maxPending,
		@DefaultValue("1s") Duration pendingTimeout, @Nullable Boolean http2,
		@DefaultValue Map<String, ServiceConnection> services) {

	/** What it is bound from. */
	static final String PREFIX = "governance.discovery.connection";

	/** What holds where nothing is configured; the same as the defaults above. */
	private static final ConnectionSettings BUILT_IN = new ConnectionSettings(Duration.ofSeconds(2),
			Duration.ofSeconds(4), null, 1000, 1000, Duration.ofSeconds(1), null);

	private static final Duration LEAST = Duration.ofMillis(1);

	private static final int MAX_PLACES = 100_000;

	/**
	 * Checks the values.
	 */
	public DiscoveryConnectionProperties {
		check("", new ConnectionSettings(connectTimeout, idleTimeout, maxLife, poolSize, maxPending, pendingTimeout,
				http2));
		ConnectionSettings all = new ConnectionSettings(connectTimeout, idleTimeout, maxLife, poolSize, maxPending,
				pendingTimeout, http2);
		services.forEach((name, service) -> check("services." + name + ".", service.over(all)));
	}

	ConnectionPlan plan(BiPredicate<String, String> isInstance) {
		ConnectionSettings all = new ConnectionSettings(this.connectTimeout, this.idleTimeout, this.maxLife,
				this.poolSize, this.maxPending, this.pendingTimeout, this.http2);
		Map<String, ConnectionSettings> single = this.services.entrySet()
			.stream()
			.collect(Collectors.toMap(Map.Entry::getKey, (entry) -> entry.getValue().over(all)));
		return new ConnectionPlan(BUILT_IN, all, single, isInstance);
	}

	private static void check(String prefix, ConnectionSettings settings) {
		atLeast(prefix + "connect-timeout", settings.connectTimeout());
		atLeast(prefix + "idle-timeout", settings.idleTimeout());
		atLeast(prefix + "max-life", settings.maxLife());
		atLeast(prefix + "pending-timeout", settings.pendingTimeout());
		within(prefix + "pool-size", settings.poolSize(), 1);
		within(prefix + "max-pending", settings.maxPending(), 0);
	}

	private static void atLeast(String key, @Nullable Duration value) {
		if (value != null && value.compareTo(LEAST) < 0) {
			throw bad(key, value, "at least 1ms");
		}
	}

	private static void within(String key, int value, int least) {
		if (value < least || value > MAX_PLACES) {
			throw bad(key, value, least + " to " + MAX_PLACES);
		}
	}

	private static InvalidConfigurationPropertyValueException bad(String key, Object value, String expected) {
		return new InvalidConfigurationPropertyValueException(PREFIX + "." + key, value, "Expected: " + expected + ".");
	}

	/**
	 * Settings of connections to one service.
	 *
	 * @param connectTimeout how long making a connection may take
	 * @param idleTimeout how long a connection is kept that is not used
	 * @param maxLife how long a connection is used at all
	 * @param poolSize how many connections there may be to one instance
	 * @param maxPending how many calls to one instance may wait for a connection
	 * @param pendingTimeout how long a call may wait for a connection
	 * @param http2 whether HTTP/2 is spoken with instances that can
	 */
	public record ServiceConnection(@Nullable Duration connectTimeout, @Nullable Duration idleTimeout,
			@Nullable Duration maxLife, @Nullable Integer poolSize, @Nullable Integer maxPending,
			@Nullable Duration pendingTimeout, @Nullable Boolean http2) {

		ConnectionSettings over(ConnectionSettings all) {
			return new ConnectionSettings(Objects.requireNonNullElse(this.connectTimeout, all.connectTimeout()),
					Objects.requireNonNullElse(this.idleTimeout, all.idleTimeout()),
					(this.maxLife != null) ? this.maxLife : all.maxLife(),
					Objects.requireNonNullElse(this.poolSize, all.poolSize()),
					Objects.requireNonNullElse(this.maxPending, all.maxPending()),
					Objects.requireNonNullElse(this.pendingTimeout, all.pendingTimeout()),
					(this.http2 != null) ? this.http2 : all.http2());
		}

	}

}
