// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery;

import java.util.List;

/**
 * What a registry says about a service at one moment.
 *
 * @param healthy the instances that may be called
 * @param known how many instances there are, healthy or not
 * @param reset whether the registry seems to have lost its memory since the last listing,
 * so that what is absent may only not have come back yet
 */
public record Listing(List<Instance> healthy, int known, boolean reset) {

	/**
	 * Copies the list.
	 */
	public Listing {
		healthy = List.copyOf(healthy);
	}

}
