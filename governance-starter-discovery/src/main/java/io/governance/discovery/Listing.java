// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a registry says about a service at one moment.
 *
 * @param healthy the instances that may be called
 * @param known the ids of all instances, healthy or not, without the withdrawn ones
 * @param reset whether the registry seems to have lost its memory since the last listing,
 * so that what is absent may only not have come back yet
 * @param withdrawn the ids of instances that an operator took out of service: they are
 * not called, even if there is no other
 */
public record Listing(List<Instance> healthy, Set<String> known, boolean reset, Set<String> withdrawn) {

	/**
	 * Copies the list and the ids.
	 */
	public Listing {
		healthy = List.copyOf(healthy);
		known = Set.copyOf(known);
		withdrawn = Set.copyOf(withdrawn);
	}

	/**
	 * A listing of a registry that knows neither unhealthy instances nor maintenance.
	 * @param instances the instances, all of which may be called
	 * @return the listing
	 */
	public static Listing of(List<Instance> instances) {
		return new Listing(instances, instances.stream().map(Instance::id).collect(Collectors.toSet()), false,
				Set.of());
	}

}
