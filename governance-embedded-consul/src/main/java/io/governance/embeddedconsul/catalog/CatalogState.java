// SPDX-License-Identifier: Apache-2.0

package io.governance.embeddedconsul.catalog;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Stream;

import io.governance.embeddedconsul.store.Watched;
import org.jspecify.annotations.Nullable;

/**
 * Everything that is registered, at one moment. Immutable.
 *
 * @param services instances by id
 * @param checks checks by id, those of the node included
 * @param serviceIndexes per service name, the index of the last change of any of its
 * instances or checks
 * @param servicesIndex index of the last change of an instance
 * @param checksIndex index of the last change of a check
 * @param extinctionIndex index at which a service last lost its last instance
 */
public record CatalogState(SortedMap<String, RegisteredService> services, SortedMap<String, RegisteredCheck> checks,
		Map<String, Long> serviceIndexes, long servicesIndex, long checksIndex, long extinctionIndex) {

	/** Watches the list of services. */
	public static final Watched<CatalogState> SERVICES = Watched.by(CatalogState::servicesIndex);

	/** Watches all checks. */
	public static final Watched<CatalogState> CHECKS = Watched.by(CatalogState::checksIndex);

	/** Watches everything on the node. */
	public static final Watched<CatalogState> NODE = Watched
		.by((state) -> Math.max(state.servicesIndex, state.checksIndex));

	/**
	 * Watches one service.
	 * @param name the service's name
	 * @return what changes with its instances and their checks only
	 */
	public static Watched<CatalogState> service(String name) {
		return new Watched<>((state) -> {
			Long index = state.serviceIndexes.get(name);
			return (index != null) ? index : state.extinctionIndex;
		}, (state) -> state.serviceIndexes.getOrDefault(name, 0L));
	}

	/**
	 * The instances of a service.
	 * @param name the service's name
	 * @return in the order of their ids
	 */
	public Stream<RegisteredService> instances(String name) {
		return this.services.values().stream().filter((service) -> service.definition().name().equals(name));
	}

	/**
	 * The checks that belong to an instance itself.
	 * @param serviceId the instance's id
	 * @return in the order of their ids
	 */
	public List<RegisteredCheck> checksOf(String serviceId) {
		return this.checks.values()
			.stream()
			.filter((check) -> check.definition().serviceId().equals(serviceId))
			.toList();
	}

	/**
	 * The checks that decide over an instance: those of its node, and its own.
	 * @param serviceId the instance's id
	 * @return the node's first
	 */
	public Stream<RegisteredCheck> checksDeciding(String serviceId) {
		return Stream.concat(checksOf("").stream(), checksOf(serviceId).stream());
	}

	/**
	 * The instance a check belongs to.
	 * @param check the check
	 * @return its service's definition, or {@code null} for a check of the node
	 */
	public @Nullable ServiceDefinition serviceOf(RegisteredCheck check) {
		RegisteredService service = this.services.get(check.definition().serviceId());
		return (service != null) ? service.definition() : null;
	}

	boolean anyDue(long now) {
		return this.checks.values().stream().anyMatch((check) -> check.expired(now) || check.reapable(now));
	}

}
