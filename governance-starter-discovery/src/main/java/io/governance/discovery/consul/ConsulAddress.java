// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.consul;

import java.net.URI;

import org.jspecify.annotations.Nullable;

/**
 * Where the Consul agent is, and how to be let in.
 *
 * @param scheme {@code http} or {@code https}
 * @param host host name or address
 * @param port the port of the HTTP API
 * @param token the ACL token; never printed
 */
public record ConsulAddress(String scheme, String host, int port, @Nullable String token) {

	URI uri(String pathAndQuery) {
		return URI.create(this.scheme + "://" + this.host + ":" + this.port + pathAndQuery);
	}

	@Override
	public String toString() {
		return this.host + ":" + this.port;
	}

}
