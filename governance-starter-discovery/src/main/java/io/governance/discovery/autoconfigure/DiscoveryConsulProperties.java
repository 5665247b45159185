// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.autoconfigure;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import io.governance.discovery.consul.ConsulAddress;
import io.governance.discovery.consul.ConsulToken;
import io.governance.discovery.registration.CheckSettings;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the Consul agent, fixed at start.
 *
 * @param host host name or IP address of the agent's HTTP API; without it nothing
 * registers and nothing is asked
 * @param port port of the agent's HTTP API
 * @param scheme scheme of the agent's HTTP API, http or https; https where ssl.bundle is
 * set, else http
 * @param token ACL token
 * @param tokenFile file with the ACL token in one line; read again when it changes
 * @param tags tags this instance is registered with, beside its environment
 * @param ttl how long an instance counts as alive after a heartbeat; a heartbeat goes out
 * at each third of it
 * @param deregisterCriticalAfter when Consul forgets an instance whose check fails; it
 * takes a minute for the least
 * @param blockingWait how long a query for changes may wait at the agent
 * @param check how Consul knows whether this instance is alive
 * @param ssl TLS to the agent
 */
@ConfigurationProperties("governance.discovery.consul")
public record DiscoveryConsulProperties(@Nullable String host, @DefaultValue("8500") int port, @Nullable String scheme,
		@Nullable String token, @Nullable Path tokenFile, @DefaultValue List<String> tags,
		@DefaultValue("10s") Duration ttl, @DefaultValue("5m") Duration deregisterCriticalAfter,
		@DefaultValue("30s") Duration blockingWait, @DefaultValue Check check, @DefaultValue Ssl ssl) {

	private static final String HOST_EXPECTED = "a host name of letters, digits, '-' and '.', or an IP address; without "
			+ "scheme, port and '_': give a host with '_' in its name an alias without it";

	/**
	 * Checks the values.
	 */
	public DiscoveryConsulProperties {
		if (port < 1 || port > 65535) {
			throw bad("port", port, "1 to 65535");
		}
		scheme = usableScheme(scheme, ssl.bundle != null);
		host = (host != null && !host.isBlank()) ? usableHost(host.strip()) : null;
		token = (token != null && !token.isBlank()) ? usableToken(token.strip()) : null;
		if (token != null && tokenFile != null) {
			throw bad("token-file", tokenFile, "not together with governance.discovery.consul.token");
		}
		atLeast("ttl", ttl, Duration.ofSeconds(1));
		atLeast("deregister-critical-after", deregisterCriticalAfter, Duration.ofSeconds(1));
		atLeast("blocking-wait", blockingWait, Duration.ofSeconds(1));
	}

	ConsulAddress address() {
		return new ConsulAddress(String.valueOf(this.scheme), String.valueOf(this.host), this.port);
	}

	CheckSettings checkSettings() {
		return new CheckSettings(this.check.kind, this.ttl, this.check.path, this.check.service, this.check.port,
				this.check.interval, this.check.timeout, this.check.tlsSkipVerify, this.deregisterCriticalAfter);
	}

	static IllegalArgumentException bad(String key, Object value, String expected) {
		return new IllegalArgumentException(
				"governance.discovery.consul." + key + ": " + value + " (expected: " + expected + ")");
	}

	private static void atLeast(String key, Duration value, Duration least) {
		if (value.compareTo(least) < 0) {
			throw bad(key, value, "at least " + least);
		}
	}

	private static String usableScheme(@Nullable String scheme, boolean bundle) {
		if (scheme == null || scheme.isBlank()) {
			return bundle ? "https" : "http";
		}
		if (!"https".equals(scheme) && (bundle || !"http".equals(scheme))) {
			throw bad("scheme", scheme,
					bundle ? "https, because governance.discovery.consul.ssl.bundle is set" : "http or https");
		}
		return scheme;
	}

	/** What the HTTP client cannot use fails here, and not at each request. */
	private static String usableHost(String host) {
		boolean plainIpv6 = host.indexOf(':') != host.lastIndexOf(':') && !host.startsWith("[");
		String usable = plainIpv6 ? "[" + host + "]" : host;
		try {
			if (usable.equals(new URI("http://" + usable + ":8500/").getHost())) {
				return usable;
			}
		}
		catch (URISyntaxException ex) {
			throw bad("host", host, HOST_EXPECTED);
		}
		throw bad("host", host, HOST_EXPECTED);
	}

	private static String usableToken(String token) {
		if (ConsulToken.isUsable(token)) {
			return token;
		}
		throw bad("token", "a value that is not shown",
				"visible ASCII characters, without spaces and line breaks inside");
	}

	/**
	 * How Consul knows whether this instance is alive.
	 *
	 * @param kind who asks whom: ttl, this process sends heartbeats; http and grpc, the
	 * agent asks
	 * @param path path the agent asks by HTTP; the actuator's readiness by default
	 * @param service service the agent asks for by gRPC; the whole server by default
	 * @param port port the agent asks; by HTTP the actuator's, where it has one of its
	 * own, else the one this process is registered with
	 * @param interval time between two questions of the agent
	 * @param timeout how long the agent waits for an answer
	 * @param tlsSkipVerify whether the agent trusts any certificate of this process
	 */
	public record Check(@DefaultValue("ttl") CheckSettings.Kind kind, @Nullable String path, @Nullable String service,
			@Nullable Integer port, @DefaultValue("10s") Duration interval, @DefaultValue("5s") Duration timeout,
			@DefaultValue("false") boolean tlsSkipVerify) {

		/**
		 * Checks the values.
		 */
		public Check {
			atLeast("check.interval", interval, Duration.ofSeconds(1));
			atLeast("check.timeout", timeout, Duration.ofMillis(1));
			path = (path != null && !path.isBlank()) ? path.strip() : null;
			service = (service != null && !service.isBlank()) ? service.strip() : null;
			if (path != null && !path.startsWith("/")) {
				throw bad("check.path", path, "a path that begins with '/'");
			}
			if (port != null && (port < 1 || port > 65535)) {
				throw bad("check.port", port, "1 to 65535");
			}
		}

	}

	/**
	 * TLS to the agent.
	 *
	 * @param bundle name of an SSL bundle: whom to trust, and the certificate of this
	 * process where the agent wants one; followed when it is reloaded
	 */
	public record Ssl(@Nullable String bundle) {

		/**
		 * Takes an empty name for none.
		 */
		public Ssl {
			bundle = (bundle != null && !bundle.isBlank()) ? bundle.strip() : null;
		}

	}

}
