// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.client;

import feign.Capability;
import feign.Client;
import io.governance.client.FeignTargets;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.core.Ordered;

/**
 * The call stage of every blocking Feign client: once per logical call, outside of the
 * choice of an instance, inside of Feign's own retryer and error decoder. Calls to a
 * service by its name have it, others where their host is named. Thread-safe.
 */
public final class FeignCallStage implements Capability, Ordered {

	/**
	 * Feign puts capabilities of a higher order around those of a lower one: what
	 * observes calls, and has no order, stays outside.
	 */
	public static final int ORDER = Ordered.LOWEST_PRECEDENCE - 1000;

	private final ObjectProvider<ClientSettings> settings;

	private final FeignTargets targets;

	/**
	 * Creates the stage.
	 * @param settings what adapters work with, looked up when a client is made
	 * @param targets tells which requests go to a service by its name
	 */
	public FeignCallStage(ObjectProvider<ClientSettings> settings, FeignTargets targets) {
		this.settings = settings;
		this.targets = targets;
	}

	@Override
	public int getOrder() {
		return ORDER;
	}

	@Override
	public Client enrich(Client client) {
		ClientSettings found = this.settings.getIfAvailable();
		return (found == null || client instanceof GovernedFeignClient) ? client
				: new GovernedFeignClient(client, found, this.targets);
	}

}
