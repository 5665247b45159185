// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.springcloud;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import io.governance.discovery.InstanceSource;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.cloud.client.discovery.DiscoveryClient;
import org.springframework.cloud.client.discovery.composite.CompositeDiscoveryClient;
import org.springframework.cloud.client.discovery.event.HeartbeatEvent;
import org.springframework.context.ApplicationListener;

/**
 * Follows services in any registry that has a Spring Cloud {@code DiscoveryClient},
 * static lists included, by asking again and again, and at once when a client says that
 * something changed. The first client that knows a service gives its instances. Clients
 * may block; they are asked on one thread of their own.
 */
public final class DiscoveryClientSource implements InstanceSource, ApplicationListener<HeartbeatEvent> {

	private static final Log logger = LogFactory.getLog(DiscoveryClientSource.class);

	/** Clients announce each changed instance, and mostly several change. */
	private static final long GATHER_MILLIS = 100;

	private final ObjectProvider<DiscoveryClient> clients;

	private final ObjectProvider<ClientContact> contacts;

	private final ScheduledExecutorService scheduler;

	private final PollSettings settings;

	private final Set<PolledService> followed = ConcurrentHashMap.newKeySet();

	private final AtomicBoolean changed = new AtomicBoolean();

	/**
	 * Creates the source.
	 * @param clients the registries, in order
	 * @param contacts know clients that have lost their registry
	 * @param scheduler a thread that may block
	 * @param settings what they are asked for, and how often
	 */
	public DiscoveryClientSource(ObjectProvider<DiscoveryClient> clients, ObjectProvider<ClientContact> contacts,
			ScheduledExecutorService scheduler, PollSettings settings) {
		this.clients = clients;
		this.contacts = contacts;
		this.scheduler = scheduler;
		this.settings = settings;
		logger.info("discovery=inert reason=\"no registry of our own is set: governance.discovery.consul.host, "
				+ "governance.discovery.etcd.endpoints, governance.discovery.dns.name\" "
				+ "instances=\"from Spring Cloud DiscoveryClients, if there are any\"");
	}

	@Override
	public Following follow(String service, Listener listener) {
		PolledService polled = new PolledService(service, this.settings, listener);
		Future<?> polling = this.scheduler.scheduleWithFixedDelay(() -> poll(polled), 0,
				this.settings.interval().toMillis(), TimeUnit.MILLISECONDS);
		this.followed.add(polled);
		return () -> {
			polling.cancel(false);
			this.followed.remove(polled);
		};
	}

	@Override
	public String description() {
		return "spring cloud discovery clients";
	}

	@Override
	public void onApplicationEvent(HeartbeatEvent event) {
		if (this.changed.compareAndSet(false, true)) {
			try {
				this.scheduler.schedule(this::pollAll, GATHER_MILLIS, TimeUnit.MILLISECONDS);
			}
			catch (RejectedExecutionException ex) {
				// on the way to the end nothing is news any more
				this.changed.set(true);
			}
		}
	}

	private void pollAll() {
		this.changed.set(false);
		this.followed.forEach(this::poll);
	}

	private void poll(PolledService polled) {
		polled.poll(this::present, () -> this.contacts.orderedStream().toList());
	}

	/** The first look creates those that nobody has needed yet. */
	private List<DiscoveryClient> present() {
		return this.clients.orderedStream().filter((client) -> !(client instanceof CompositeDiscoveryClient)).toList();
	}

}
