// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.consul;

import java.net.URI;

/**
 * Where the Consul agent is.
 *
 * @param scheme {@code http} or {@code https}
 * @param host host name or address
 * @param port the port of the HTTP API
 */
public record ConsulAddress(String scheme, String host, int port) {

	URI uri(String pathAndQuery) {
		return URI.create(this.scheme + "://" + this.host + ":" + this.port + pathAndQuery);
	}

	@Override
	public String toString() {
		return this.host + ":" + this.port;
	}

}
