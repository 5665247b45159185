// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery;

import java.util.List;
import java.util.Set;

/**
 * What a registry says about a service at one moment.
 *
 * @param healthy the instances that may be called
 * @param known how many instances there are, healthy or not, without the withdrawn ones
 * @param reset whether the registry seems to have lost its memory since the last listing,
 * so that what is absent may only not have come back yet
 * @param withdrawn the ids of instances that an operator took out of service: they are
 * not called, even if there is no other
 */
public record Listing(List<Instance> healthy, int known, boolean reset, Set<String> withdrawn) {

	/**
	 * Copies the list and the ids.
	 */
	public Listing {
		healthy = List.copyOf(healthy);
		withdrawn = Set.copyOf(withdrawn);
	}

	/**
	 * A listing of a registry that knows no maintenance.
	 * @param healthy the instances that may be called
	 * @param known how many instances there are, healthy or not
	 * @param reset whether the registry seems to have lost its memory
	 */
	public Listing(List<Instance> healthy, int known, boolean reset) {
		this(healthy, known, reset, Set.of());
	}

}
