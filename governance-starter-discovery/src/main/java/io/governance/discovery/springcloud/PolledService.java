// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.springcloud;

import java.util.List;
import java.util.function.Supplier;

import io.governance.discovery.InstanceSource;
import org.jspecify.annotations.Nullable;

import org.springframework.cloud.client.discovery.DiscoveryClient;

/**
 * One service that is asked for again and again. The first client that knows it gives its
 * instances; as long as that client has trouble, no other takes its place. For one
 * thread.
 */
final class PolledService {

	private final String service;

	private final InstanceSource.Listener listener;

	private @Nullable DiscoveryClient home;

	PolledService(String service, InstanceSource.Listener listener) {
		this.service = service;
		this.listener = listener;
	}

	void poll(Supplier<List<DiscoveryClient>> clients, Supplier<List<ClientContact>> contacts) {
		try {
			ask(clients.get(), contacts.get());
		}
		catch (RuntimeException ex) {
			this.listener.failed(ex);
		}
	}

	private void ask(List<DiscoveryClient> clients, List<ClientContact> contacts) {
		RuntimeException trouble = null;
		for (DiscoveryClient client : clients) {
			try {
				ClientAnswer answer = answer(client, contacts);
				if (!answer.isEmpty()) {
					this.home = client;
					this.listener.listed(answer.listing(false));
					return;
				}
			}
			catch (RuntimeException ex) {
				if (client == this.home) {
					throw ex;
				}
				trouble = (trouble != null) ? trouble : ex;
			}
		}
		if (trouble != null) {
			throw trouble;
		}
		// what was there a moment ago is kept for a while: some clients know no other
		// word for "my registry is away"
		this.listener.listed(ClientAnswer.NOTHING.listing(this.home != null));
		this.home = null;
	}

	private ClientAnswer answer(DiscoveryClient client, List<ClientContact> contacts) {
		for (ClientContact contact : contacts) {
			String why = contact.lost(client);
			if (why != null) {
				throw new IllegalStateException(why);
			}
		}
		return ClientAnswer.of(this.service, client.getInstances(this.service));
	}

}
