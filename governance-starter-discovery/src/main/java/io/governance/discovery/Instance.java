// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery;

import java.util.Map;
import java.util.Objects;

/**
 * One running instance of a service, as the registry knows it.
 *
 * @param id unique in the registry
 * @param service the service's name
 * @param host a host name or an address; IPv6 without brackets
 * @param port the port
 * @param secure whether it speaks TLS
 * @param metadata version, zone and what else it says about itself
 * @param address host and port as they stand in a URI; always derived
 */
public record Instance(String id, String service, String host, int port, boolean secure, Map<String, String> metadata,
		String address) {

	/**
	 * Checks the parts and derives the address.
	 */
	public Instance {
		Objects.requireNonNull(id, "id");
		Objects.requireNonNull(service, "service");
		if (port < 1 || port > 65535) {
			throw new IllegalArgumentException("port of " + id + ": " + port + " (expected: 1 to 65535)");
		}
		metadata = Map.copyOf(metadata);
		address = ((host.indexOf(':') >= 0) ? "[" + host + "]" : host) + ":" + port;
	}

	/**
	 * Creates an instance.
	 * @param id unique in the registry
	 * @param service the service's name
	 * @param host a host name or an address; IPv6 without brackets
	 * @param port the port
	 * @param secure whether it speaks TLS
	 * @param metadata what it says about itself
	 */
	public Instance(String id, String service, String host, int port, boolean secure, Map<String, String> metadata) {
		this(id, service, host, port, secure, metadata, "");
	}

}
