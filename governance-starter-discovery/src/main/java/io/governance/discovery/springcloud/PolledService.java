// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.springcloud;

import java.util.List;
import java.util.function.Supplier;

import io.governance.discovery.InstanceSource;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.discovery.DiscoveryClient;

/**
 * One service that is asked for again and again. The first client that knows it gives its
 * instances; as long as that client has trouble, no other takes its place. Instances of
 * another environment are not there. For one thread.
 */
final class PolledService {

	private static final Log logger = LogFactory.getLog(PolledService.class);

	private final String service;

	private final PollSettings settings;

	private final InstanceSource.Listener listener;

	private @Nullable DiscoveryClient home;

	private int unseen;

	private boolean isHidden;

	PolledService(String service, PollSettings settings, InstanceSource.Listener listener) {
		this.service = service;
		this.settings = settings;
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
		this.unseen = 0;
		RuntimeException trouble = null;
		for (DiscoveryClient client : clients) {
			try {
				ClientAnswer answer = answer(client, contacts);
				if (!answer.isEmpty()) {
					this.home = client;
					this.isHidden = false;
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
		sayIfHidden();
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
		List<ServiceInstance> found = client.getInstances(this.service);
		if (found == null) {
			return ClientAnswer.NOTHING;
		}
		List<ServiceInstance> seen = this.settings.seen(found);
		this.unseen += found.size() - seen.size();
		return ClientAnswer.of(this.service, seen);
	}

	/** Registrations are not ours here, and may not say what they must. */
	private void sayIfHidden() {
		boolean hidden = this.unseen > 0;
		if (hidden && !this.isHidden) {
			logger.warn("service=" + this.service + " environment=" + this.settings.environment() + " instances="
					+ this.unseen + " effect=\"none of them is called\" "
					+ "reason=\"none says the same environment in its metadata\"");
		}
		this.isHidden = hidden;
	}

}
