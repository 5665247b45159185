// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.springcloud;

import java.time.Duration;

import io.governance.discovery.ServiceViews;
import io.governance.discovery.consul.ConsulCatalog;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.discovery.ReactiveDiscoveryClient;

/**
 * Our view as a Spring Cloud {@code ReactiveDiscoveryClient}. Never blocks.
 */
public final class ConsulReactiveDiscoveryClient implements ReactiveDiscoveryClient {

	private final ServiceViews views;

	private final ConsulCatalog catalog;

	private final Duration firstListTimeout;

	/**
	 * Creates the client.
	 * @param views the instances
	 * @param catalog the names of services
	 * @param firstListTimeout how long a first question waits
	 */
	public ConsulReactiveDiscoveryClient(ServiceViews views, ConsulCatalog catalog, Duration firstListTimeout) {
		this.views = views;
		this.catalog = catalog;
		this.firstListTimeout = firstListTimeout;
	}

	@Override
	public String description() {
		return "governance view of " + this.views.source().description();
	}

	@Override
	public Flux<ServiceInstance> getInstances(String serviceId) {
		return Mono.fromFuture(() -> this.views.viewAsync(serviceId))
			.flatMapIterable((view) -> view.instances())
			.map(DiscoveredServiceInstance::new);
	}

	@Override
	public Flux<String> getServices() {
		return Mono.fromFuture(() -> this.catalog.firstServices(this.firstListTimeout))
			.flatMapIterable((names) -> names);
	}

	@Override
	public Mono<Void> reactiveProbe() {
		return Mono.empty();
	}

}
