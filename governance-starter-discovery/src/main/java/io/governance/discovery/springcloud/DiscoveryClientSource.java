// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.springcloud;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import io.governance.discovery.Instance;
import io.governance.discovery.InstanceSource;
import io.governance.discovery.Listing;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.discovery.DiscoveryClient;
import org.springframework.cloud.client.discovery.composite.CompositeDiscoveryClient;

/**
 * Follows services in any registry that has a Spring Cloud {@code DiscoveryClient},
 * static lists included, by asking again and again. The first client that knows a service
 * gives its instances. Clients may block; they are asked on one thread of their own.
 */
public final class DiscoveryClientSource implements InstanceSource {

	private static final Log logger = LogFactory.getLog(DiscoveryClientSource.class);

	private final ObjectProvider<DiscoveryClient> clients;

	private final ScheduledExecutorService scheduler;

	private final Duration interval;

	/**
	 * Creates the source.
	 * @param clients the registries, in order
	 * @param scheduler a thread that may block
	 * @param interval time between two questions for the same service
	 */
	public DiscoveryClientSource(ObjectProvider<DiscoveryClient> clients, ScheduledExecutorService scheduler,
			Duration interval) {
		this.clients = clients;
		this.scheduler = scheduler;
		this.interval = interval;
		logger.info("discovery=inert reason=\"governance.discovery.consul.host is not set\" "
				+ "instances=\"from Spring Cloud DiscoveryClients, if there are any\"");
	}

	@Override
	public Following follow(String service, Listener listener) {
		Future<?> polling = this.scheduler.scheduleWithFixedDelay(() -> poll(service, listener), 0,
				this.interval.toMillis(), TimeUnit.MILLISECONDS);
		return () -> polling.cancel(false);
	}

	@Override
	public String description() {
		return "spring cloud discovery clients";
	}

	private void poll(String service, Listener listener) {
		try {
			List<Instance> instances = instances(service);
			listener.listed(new Listing(instances, instances.size(), false));
		}
		catch (RuntimeException ex) {
			listener.failed(ex);
		}
	}

	private List<Instance> instances(String service) {
		return this.clients.orderedStream()
			.filter((client) -> !(client instanceof CompositeDiscoveryClient))
			.map((client) -> client.getInstances(service))
			.filter((found) -> found != null && !found.isEmpty())
			.findFirst()
			.orElse(List.of())
			.stream()
			.map((found) -> instance(service, found))
			.toList();
	}

	private static Instance instance(String service, ServiceInstance found) {
		String id = (found.getInstanceId() != null) ? found.getInstanceId()
				: service + "-" + found.getHost() + "-" + found.getPort();
		Map<String, String> metadata = found.getMetadata();
		return new Instance(id, service, found.getHost(), port(found), found.isSecure(),
				(metadata != null) ? metadata : Map.of());
	}

	private static int port(ServiceInstance found) {
		if (found.getPort() > 0) {
			return found.getPort();
		}
		return found.isSecure() ? 443 : 80;
	}

}
