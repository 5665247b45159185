// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.connection;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.stream.Stream;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import org.jspecify.annotations.Nullable;

/**
 * Which settings hold for which instance. Connections know addresses, not services: a
 * service's instances are asked for the address, and the answer is kept for a few
 * seconds. Thread-safe.
 */
public final class ConnectionPlan {

	private static final int MAX_ADDRESSES = 10_000;

	private static final Duration KEEP = Duration.ofSeconds(5);

	private final ConnectionSettings builtIn;

	private final ConnectionSettings defaults;

	private final Map<String, ConnectionSettings> services;

	private final BiPredicate<String, String> isInstance;

	private final LoadingCache<String, String> serviceNames;

	/**
	 * Creates a plan.
	 * @param builtIn the settings where nothing is configured
	 * @param defaults the settings of services that have none of their own
	 * @param services the settings of services that have, by name
	 * @param isInstance tells whether a service, given first, has an instance at an
	 * address, {@code host:port}
	 */
	public ConnectionPlan(ConnectionSettings builtIn, ConnectionSettings defaults,
			Map<String, ConnectionSettings> services, BiPredicate<String, String> isInstance) {
		this.builtIn = builtIn;
		this.defaults = defaults;
		this.services = Map.copyOf(services);
		this.isInstance = isInstance;
		this.serviceNames = Caffeine.newBuilder().maximumSize(MAX_ADDRESSES).expireAfterWrite(KEEP).build(this::find);
	}

	/**
	 * The settings of services that have none of their own.
	 * @return the settings
	 */
	public ConnectionSettings defaults() {
		return this.defaults;
	}

	/**
	 * The settings of services that have their own.
	 * @return the settings, by the service's name
	 */
	public Map<String, ConnectionSettings> services() {
		return this.services;
	}

	/**
	 * The settings for connections to an address.
	 * @param address host and port, as they stand in a URI
	 * @return the settings of the service that has an instance there
	 */
	public ConnectionSettings at(String address) {
		return settings(serviceAt(address));
	}

	/**
	 * The service with settings of its own that has an instance at an address.
	 * @param address host and port, as they stand in a URI
	 * @return its name; empty where the defaults hold
	 */
	String serviceAt(String address) {
		return this.services.isEmpty() ? "" : this.serviceNames.get(address);
	}

	ConnectionSettings settings(String service) {
		return this.services.getOrDefault(service, this.defaults);
	}

	/**
	 * The settings where nothing is configured.
	 */
	ConnectionSettings builtIn() {
		return this.builtIn;
	}

	/**
	 * All settings there are.
	 */
	Stream<ConnectionSettings> all() {
		return Stream.concat(Stream.of(this.defaults), this.services.values().stream());
	}

	/**
	 * The shortest time that any service's connections may be idle, for clients that have
	 * one for all.
	 * @return the time
	 */
	public Duration shortestIdleTimeout() {
		return this.all().map(ConnectionSettings::idleTimeout).min(Duration::compareTo).orElseThrow();
	}

	private String find(String address) {
		return this.services.keySet()
			.stream()
			.filter((service) -> this.isInstance.test(service, address))
			.findFirst()
			.orElse("");
	}

	/**
	 * An address as instances have it.
	 */
	static String address(String host, int port) {
		boolean bare = host.indexOf(':') >= 0 && !host.startsWith("[");
		return (bare ? "[" + host + "]" : host) + ":" + port;
	}

	/**
	 * The address of an instance that a URI names.
	 */
	static String address(URI uri) {
		return address(String.valueOf(uri.getHost()), port(uri.getScheme(), uri.getPort()));
	}

	static int port(@Nullable String scheme, int port) {
		return (port >= 0) ? port : "https".equalsIgnoreCase(scheme) ? 443 : 80;
	}

}
