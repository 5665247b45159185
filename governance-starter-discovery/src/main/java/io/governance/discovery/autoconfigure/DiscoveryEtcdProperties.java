// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.autoconfigure;

import java.net.URI;
import java.time.Duration;
import java.util.List;

import io.governance.discovery.etcd.EtcdSettings;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of etcd as the registry, fixed at start.
 *
 * @param endpoints members of the cluster, http://host:port; without them etcd is not
 * asked
 * @param user user that this process is
 * @param password password of the user
 * @param prefix what all keys begin with
 * @param ttl how long an instance counts as alive after a heartbeat; a heartbeat goes out
 * at each third of it
 * @param timeout how long an answer may take
 */
@ConfigurationProperties("governance.discovery.etcd")
public record DiscoveryEtcdProperties(@DefaultValue List<String> endpoints, @Nullable String user,
		@Nullable String password, @DefaultValue("/governance/services/") String prefix,
		@DefaultValue("10s") Duration ttl, @DefaultValue("3s") Duration timeout) {

	/**
	 * Checks the values.
	 */
	public DiscoveryEtcdProperties {
		endpoints = endpoints.stream().map(String::strip).filter((endpoint) -> !endpoint.isEmpty()).toList();
		endpoints.forEach(DiscoveryEtcdProperties::uri);
		if ((user == null) != (password == null)) {
			throw bad("user", (user != null) ? user : "none", "user and password, or none of them");
		}
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

	EtcdSettings settings() {
		return new EtcdSettings(this.endpoints.stream().map(DiscoveryEtcdProperties::uri).toList(), this.user,
				this.password, this.prefix, this.timeout);
	}

	private static URI uri(String endpoint) {
		try {
			URI uri = URI.create(endpoint);
			if ("http".equals(uri.getScheme()) && uri.getHost() != null && uri.getPort() > 0) {
				return uri;
			}
		}
		catch (IllegalArgumentException ex) {
			throw bad("endpoints", endpoint, "http://host:port");
		}
		throw bad("endpoints", endpoint, "http://host:port");
	}

	private static IllegalArgumentException bad(String key, Object value, String expected) {
		return new IllegalArgumentException(
				"governance.discovery.etcd." + key + ": " + value + " (expected: " + expected + ")");
	}

}
