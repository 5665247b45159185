// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.client;

import feign.Capability;
import feign.Client;
import io.micrometer.observation.ObservationRegistry;
import org.springframework.beans.factory.ObjectProvider;

/**
 * Lets every blocking Feign client observe its requests as Spring's own clients do: a
 * span that goes on the wire, and the meter {@code http.client.requests}. Feign's module
 * for Micrometer does the same; where it is, this is not needed. Thread-safe.
 */
public final class ObservedFeignClients implements Capability {

	private final ObjectProvider<ObservationRegistry> registry;

	/**
	 * Creates a capability.
	 * @param registry the application's registry, looked up when a client is made
	 */
	public ObservedFeignClients(ObjectProvider<ObservationRegistry> registry) {
		this.registry = registry;
	}

	@Override
	public Client enrich(Client client) {
		ObservationRegistry registry = this.registry.getIfAvailable();
		return (registry == null || client instanceof ObservedFeignClient) ? client
				: new ObservedFeignClient(client, registry);
	}

}
