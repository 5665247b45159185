// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.dns;

import java.util.Map;

/**
 * How a service is found in DNS, and what DNS does not say about it.
 *
 * @param name the absolute name that is asked for, with or without the dot at its end
 * @param records what is asked for
 * @param port the port of all instances; SRV records name their own
 * @param secure whether instances speak TLS
 * @param metadata what all instances say about themselves
 */
public record DnsServiceName(String name, DnsRecords records, int port, boolean secure, Map<String, String> metadata) {

	/**
	 * Copies the metadata.
	 */
	public DnsServiceName {
		metadata = Map.copyOf(metadata);
	}

}
