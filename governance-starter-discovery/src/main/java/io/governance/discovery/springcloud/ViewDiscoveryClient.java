// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.springcloud;

import java.util.List;
import java.util.function.Supplier;

import io.governance.discovery.ServiceViews;

import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.discovery.DiscoveryClient;

/**
 * Our view as a Spring Cloud {@code DiscoveryClient}, for registries whose names of
 * services are not followed: instances come from memory, names are asked for each time.
 */
public final class ViewDiscoveryClient implements DiscoveryClient {

	private final ServiceViews views;

	private final Supplier<List<String>> names;

	/**
	 * Creates the client.
	 * @param views the instances
	 * @param names asks the registry for the names of services; throws when it is away
	 */
	public ViewDiscoveryClient(ServiceViews views, Supplier<List<String>> names) {
		this.views = views;
		this.names = names;
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
		return this.names.get();
	}

	@Override
	public void probe() {
		// a registry that is away is a detail of this process's health, not its end
	}

}
