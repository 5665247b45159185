// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.etcd;

import java.net.URI;
import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.ssl.SslBundle;

/**
 * How etcd is reached.
 *
 * @param endpoints its members, {@code http://host:port}, or all of them
 * {@code https://host:port}
 * @param user who this process is; {@code null} where etcd asks nobody
 * @param password the user's password
 * @param prefix what all keys begin with; ends with a slash
 * @param timeout how long an answer may take
 * @param tls whom this process trusts and what it shows; {@code null} for endpoints
 * without TLS
 * @param environment only instances of this one are seen; {@code null} for all
 */
public record EtcdSettings(List<URI> endpoints, @Nullable String user, @Nullable String password, String prefix,
		Duration timeout, @Nullable SslBundle tls, @Nullable String environment) {

	/**
	 * Copies the list, and ends the prefix with a slash.
	 */
	public EtcdSettings {
		endpoints = List.copyOf(endpoints);
		prefix = prefix.endsWith("/") ? prefix : prefix + "/";
	}

	@Override
	public String toString() {
		return String.join(",", this.endpoints.stream().map(URI::getAuthority).toList());
	}

}
