// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.springcloud;

import java.time.Duration;
import java.util.List;

import io.governance.discovery.ServiceViews;
import io.governance.discovery.consul.ConsulCatalog;

import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.discovery.DiscoveryClient;

/**
 * Our view as a Spring Cloud {@code DiscoveryClient}: answers from memory, waits for the
 * registry only at the first question, and not for long.
 */
public final class ConsulDiscoveryClient implements DiscoveryClient {

	private final ServiceViews views;

	private final ConsulCatalog catalog;

	private final Duration firstListTimeout;

	/**
	 * Creates the client.
	 * @param views the instances
	 * @param catalog the names of services
	 * @param firstListTimeout how long a first question waits
	 */
	public ConsulDiscoveryClient(ServiceViews views, ConsulCatalog catalog, Duration firstListTimeout) {
		this.views = views;
		this.catalog = catalog;
		this.firstListTimeout = firstListTimeout;
	}

	@Override
	public String description() {
		return "governance view of " + this.views.source().description();
	}

	@Override
	public List<ServiceInstance> getInstances(String serviceId) {
		return this.views.view(serviceId)
			.instances()
			.stream()
			.<ServiceInstance>map(DiscoveredServiceInstance::new)
			.toList();
	}

	@Override
	public List<String> getServices() {
		return this.catalog.firstServices(this.firstListTimeout).join();
	}

	@Override
	public void probe() {
		// a registry that is away is a detail of this process's health, not its end
	}

}
