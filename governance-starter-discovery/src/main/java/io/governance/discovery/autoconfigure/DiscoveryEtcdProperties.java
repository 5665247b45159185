// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.autoconfigure;

import java.net.URI;
import java.time.Duration;
import java.util.List;

import io.governance.discovery.etcd.EtcdSettings;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.ssl.SslBundle;

/**
 * Settings of etcd as the registry, fixed at start.
 *
 * @param endpoints members of the cluster, http://host:port or https://host:port; without
 * them etcd is not asked
 * @param user user that this process is
 * @param password password of the user
 * @param prefix what all keys begin with
 * @param ttl how long an instance counts as alive after a heartbeat; a heartbeat goes out
 * at each third of it
 * @param timeout how long an answer may take
 * @param sslBundle SSL bundle for https: whom this process trusts, and the certificate it
 * shows; the JDK's trust by default
 */
@ConfigurationProperties("governance.discovery.etcd")
public record DiscoveryEtcdProperties(@DefaultValue List<String> endpoints, @Nullable String user,
		@Nullable String password, @DefaultValue("/governance/services/") String prefix,
		@DefaultValue("10s") Duration ttl, @DefaultValue("3s") Duration timeout, @Nullable String sslBundle) {

	private static final String EXPECTED = "http://host:port, or https://host:port for all of them";

	/**
	 * Checks the values.
	 */
	public DiscoveryEtcdProperties {
		endpoints = endpoints.stream().map(String::strip).filter((endpoint) -> !endpoint.isEmpty()).toList();
		if (endpoints.stream().map((endpoint) -> uri(endpoint).getScheme()).distinct().count() > 1) {
			throw bad("endpoints", endpoints, EXPECTED);
		}
		if ((user == null) != (password == null)) {
			throw bad("user", (user != null) ? user : "none", "user and password, or none of them");
		}
		sslBundle = (sslBundle != null && !sslBundle.isBlank()) ? sslBundle.strip() : null;
		if (prefix.isBlank()) {
			throw bad("prefix", "''", "what all keys begin with");
		}
		if (ttl.compareTo(Duration.ofSeconds(3)) < 0 || ttl.toNanosPart() != 0) {
			throw bad("ttl", ttl, "whole seconds, at least PT3S");
		}
		if (timeout.toMillis() < 1) {
			throw bad("timeout", timeout, "at least PT0.001S");
		}
	}

	boolean isSecure() {
		return this.endpoints.stream().anyMatch((endpoint) -> "https".equals(uri(endpoint).getScheme()));
	}

	EtcdSettings settings(@Nullable SslBundle tls, @Nullable String environment) {
		return new EtcdSettings(this.endpoints.stream().map(DiscoveryEtcdProperties::uri).toList(), this.user,
				this.password, this.prefix, this.timeout, tls, environment);
	}

	private static URI uri(String endpoint) {
		try {
			URI uri = URI.create(endpoint);
			boolean known = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
			if (known && uri.getHost() != null && uri.getPort() > 0) {
				return uri;
			}
		}
		catch (IllegalArgumentException ex) {
			throw bad("endpoints", endpoint, EXPECTED);
		}
		throw bad("endpoints", endpoint, EXPECTED);
	}

	private static IllegalArgumentException bad(String key, Object value, String expected) {
		return new IllegalArgumentException(
				"governance.discovery.etcd." + key + ": " + value + " (expected: " + expected + ")");
	}

}
