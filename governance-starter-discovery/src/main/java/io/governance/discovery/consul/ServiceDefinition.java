// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.consul;

import java.time.Duration;
import java.util.Map;

/**
 * What is registered for one instance.
 *
 * @param id unique in the registry
 * @param service the service's name
 * @param address host name or address under which others reach it
 * @param port the port
 * @param metadata what it says about itself
 * @param ttl how long the instance counts as alive after a heartbeat
 * @param deregisterCriticalAfter when Consul forgets an instance without heartbeat
 */
public record ServiceDefinition(String id, String service, String address, int port, Map<String, String> metadata,
		Duration ttl, Duration deregisterCriticalAfter) {

	/**
	 * Copies the metadata.
	 */
	public ServiceDefinition {
		metadata = Map.copyOf(metadata);
	}

}
