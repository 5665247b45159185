// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.autoconfigure;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

import io.governance.discovery.ViewSettings;
import io.governance.discovery.registration.RegistrationSettings;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the discovery starter, fixed at start.
 *
 * @param enabled whether the discovery starter does anything
 * @param version version of this service, for routing by version
 * @param zone zone this instance runs in
 * @param weight share of calls this instance takes, relative to others
 * @param environment environment this instance belongs to; only instances of the same one
 * are called; refused with DNS, which knows none
 * @param metadata what else this instance says about itself in the registry
 * @param registration how this process registers
 * @param view how instance lists of called services are kept
 * @param loadBalancer choice of an instance for load-balanced clients
 */
@ConfigurationProperties("governance.discovery")
public record GovernanceDiscoveryProperties(@DefaultValue("true") boolean enabled, @Nullable String version,
		@Nullable String zone, @Nullable Integer weight, @Nullable String environment,
		@DefaultValue Map<String, String> metadata, @DefaultValue Registration registration, @DefaultValue View view,
		@DefaultValue LoadBalancer loadBalancer) {

	private static final Pattern ENVIRONMENT = Pattern.compile("[a-z0-9]([a-z0-9-]*[a-z0-9])?");

	/**
	 * Checks the values.
	 */
	public GovernanceDiscoveryProperties {
		if (weight != null && (weight < 0 || weight > 10_000)) {
			throw bad("weight", weight, "0 to 10000");
		}
		environment = (environment != null && !environment.isBlank()) ? environment.strip() : null;
		if (environment != null && !ENVIRONMENT.matcher(environment).matches()) {
			throw bad("environment", environment, "lower-case letters, digits and '-'");
		}
	}

	ViewSettings viewSettings() {
		return new ViewSettings(this.view.firstListTimeout, this.view.staleFor, this.view.recoveryTime,
				this.loadBalancer.avoidAfterConnectFailure, this.view.maximumServices, this.view.forgetAfter,
				this.view.zeroProtection);
	}

	RegistrationSettings registrationSettings() {
		Map<String, String> all = new TreeMap<>();
		putIfSet(all, "version", this.version);
		putIfSet(all, "zone", this.zone);
		putIfSet(all, "weight", this.weight);
		putIfSet(all, "environment", this.environment);
		all.putAll(this.metadata);
		return new RegistrationSettings(this.registration.instanceId, this.registration.address, this.registration.port,
				(this.environment != null) ? List.of(this.environment) : List.of(), all, this.registration.failFast,
				() -> ThreadLocalRandom.current().nextDouble());
	}

	private static void putIfSet(Map<String, String> all, String key, @Nullable Object value) {
		if (value != null) {
			all.put(key, value.toString());
		}
	}

	private static IllegalArgumentException bad(String key, Object value, String expected) {
		return new IllegalArgumentException(
				"governance.discovery." + key + ": " + value + " (expected: " + expected + ")");
	}

	private static void atLeast(String key, Duration value, Duration least) {
		if (value.compareTo(least) < 0) {
			throw bad(key, value, "at least " + least);
		}
	}

	/**
	 * How this process registers.
	 *
	 * @param enabled whether this process registers itself
	 * @param instanceId id in the registry, unique in the cluster; service, host and port
	 * by default
	 * @param address address under which others reach this process
	 * @param port port under which others reach this process
	 * @param failFast whether a first registration that fails ends the start
	 */
	public record Registration(@DefaultValue("true") boolean enabled, @Nullable String instanceId,
			@Nullable String address, @Nullable Integer port, @DefaultValue("false") boolean failFast) {

		/**
		 * Checks the values.
		 */
		public Registration {
			if (port != null && (port < 1 || port > 65535)) {
				throw bad("registration.port", port, "1 to 65535");
			}
		}

	}

	/**
	 * How instance lists of called services are kept.
	 *
	 * @param firstListTimeout how long the first call of a service waits for its
	 * instances
	 * @param staleFor how long instances are kept while the registry is away
	 * @param recoveryTime how long instances are kept that are absent after the registry
	 * came back
	 * @param zeroProtection whether the last healthy instances are called on when all are
	 * unhealthy
	 * @param pollInterval time between two questions to Spring Cloud's clients of other
	 * registries
	 * @param maximumServices how many services this process may follow
	 * @param forgetAfter when a service that has no instances and is not asked for is not
	 * followed any more
	 */
	public record View(@DefaultValue("2s") Duration firstListTimeout, @DefaultValue("24h") Duration staleFor,
			@DefaultValue("15s") Duration recoveryTime, @DefaultValue("true") boolean zeroProtection,
			@DefaultValue("5s") Duration pollInterval, @DefaultValue("1000") int maximumServices,
			@DefaultValue("10m") Duration forgetAfter) {

		/**
		 * Checks the values.
		 */
		public View {
			atLeast("view.first-list-timeout", firstListTimeout, Duration.ofMillis(1));
			atLeast("view.stale-for", staleFor, Duration.ZERO);
			atLeast("view.recovery-time", recoveryTime, Duration.ZERO);
			atLeast("view.poll-interval", pollInterval, Duration.ofMillis(100));
			atLeast("view.forget-after", forgetAfter, Duration.ofSeconds(1));
			if (maximumServices < 1) {
				throw bad("view.maximum-services", maximumServices, "at least 1");
			}
		}

	}

	/**
	 * Choice of an instance for load-balanced clients.
	 *
	 * @param enabled whether load-balanced clients choose from our view; Spring Cloud
	 * LoadBalancer is switched off then
	 * @param avoidAfterConnectFailure how long an instance is avoided after no connection
	 * could be made, as long as there are others
	 */
	public record LoadBalancer(@DefaultValue("true") boolean enabled,
			@DefaultValue("30s") Duration avoidAfterConnectFailure) {

		/**
		 * Checks the values.
		 */
		public LoadBalancer {
			atLeast("load-balancer.avoid-after-connect-failure", avoidAfterConnectFailure, Duration.ZERO);
		}

	}

}
