// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.registration;

import java.util.List;
import java.util.Map;

/**
 * What is registered for one instance.
 *
 * @param id unique in the registry
 * @param service the service's name
 * @param address host name or address under which others reach it
 * @param port the port
 * @param tags by which others choose; the environment is the first
 * @param metadata what it says about itself
 * @param check how the registry knows whether it is alive
 */
public record ServiceDefinition(String id, String service, String address, int port, List<String> tags,
		Map<String, String> metadata, ServiceCheck check) {

	/**
	 * Copies tags and metadata.
	 */
	public ServiceDefinition {
		tags = List.copyOf(tags);
		metadata = Map.copyOf(metadata);
	}

	/**
	 * The same instance, known to be alive in another way.
	 * @param other how
	 * @return a definition that differs in its check only
	 */
	public ServiceDefinition with(ServiceCheck other) {
		return new ServiceDefinition(this.id, this.service, this.address, this.port, this.tags, this.metadata, other);
	}

}
