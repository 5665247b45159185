// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.client;

import feign.Capability;
import feign.Client;
import org.springframework.beans.factory.ObjectProvider;

/**
 * Lets every blocking Feign client say what the suite's other clients say: how long the
 * caller still waits, who calls, how important the call is and which attempt of the
 * caller's it belongs to. Rules are not enforced there. Calls to a service by its name
 * have it, others where their host is named. Thread-safe.
 */
public final class FeignHeaders implements Capability {

	private final ObjectProvider<ClientSettings> settings;

	/**
	 * Creates a capability.
	 * @param settings what adapters work with, looked up when a client is made
	 */
	public FeignHeaders(ObjectProvider<ClientSettings> settings) {
		this.settings = settings;
	}

	@Override
	public Client enrich(Client client) {
		ClientSettings settings = this.settings.getIfAvailable();
		return (settings == null || client instanceof FeignHeaderClient) ? client
				: new FeignHeaderClient(client, settings);
	}

}
