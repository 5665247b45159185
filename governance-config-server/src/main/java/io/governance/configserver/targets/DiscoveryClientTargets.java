// SPDX-License-Identifier: Apache-2.0

package io.governance.configserver.targets;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.governance.discovery.Instance;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.discovery.DiscoveryClient;
import org.springframework.cloud.client.discovery.composite.CompositeDiscoveryClient;

/** All instances that Spring Cloud's discovery clients know, static lists included. */
final class DiscoveryClientTargets implements TargetSource {

	private final ObjectProvider<DiscoveryClient> clients;

	DiscoveryClientTargets(ObjectProvider<DiscoveryClient> clients) {
		this.clients = clients;
	}

	@Override
	public List<Instance> instances() {
		List<Instance> instances = new ArrayList<>();
		this.clients.orderedStream()
			.filter((client) -> !(client instanceof CompositeDiscoveryClient))
			.forEach((client) -> client.getServices()
				.forEach((service) -> client.getInstances(service)
					.forEach((found) -> instances.add(instance(service, found)))));
		return instances;
	}

	private static Instance instance(String service, ServiceInstance found) {
		Map<String, String> metadata = found.getMetadata();
		String id = (found.getInstanceId() != null) ? found.getInstanceId()
				: service + "-" + found.getHost() + "-" + found.getPort();
		return new Instance(id, service, found.getHost(), found.getPort(), found.isSecure(),
				(metadata != null) ? metadata : Map.of());
	}

}
