// SPDX-License-Identifier: Apache-2.0

package io.governance.gateway.route;

import java.net.URI;
import java.util.List;
import java.util.Map;

import org.springframework.cloud.gateway.filter.FilterDefinition;
import org.springframework.cloud.gateway.handler.predicate.PredicateDefinition;
import org.springframework.cloud.gateway.route.RouteDefinition;
import org.springframework.cloud.gateway.route.RouteDefinitionLocator;
import reactor.core.publisher.Flux;

/**
 * A route {@code /<service>/**} to each exposed service, the first segment removed. They
 * come after all configured routes.
 */
public final class RegistryRoutes implements RouteDefinitionLocator {

	private static final int AFTER_CONFIGURED = 10_000;

	private final ExposedServices exposed;

	/**
	 * Creates the locator.
	 * @param exposed knows the services
	 */
	public RegistryRoutes(ExposedServices exposed) {
		this.exposed = exposed;
	}

	@Override
	public Flux<RouteDefinition> getRouteDefinitions() {
		return Flux.fromIterable(this.exposed.services()).map(RegistryRoutes::route);
	}

	private static RouteDefinition route(String service) {
		PredicateDefinition path = new PredicateDefinition();
		path.setName("Path");
		path.setArgs(Map.of("pattern", "/" + service + "/**"));
		FilterDefinition strip = new FilterDefinition();
		strip.setName("StripPrefix");
		strip.setArgs(Map.of("parts", "1"));
		RouteDefinition route = new RouteDefinition();
		route.setId("registry-" + service);
		route.setUri(URI.create("lb://" + service));
		route.setPredicates(List.of(path));
		route.setFilters(List.of(strip));
		route.setOrder(AFTER_CONFIGURED);
		return route;
	}

}
