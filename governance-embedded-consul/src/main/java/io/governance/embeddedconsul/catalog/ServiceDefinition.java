// SPDX-License-Identifier: Apache-2.0

package io.governance.embeddedconsul.catalog;

import java.util.List;
import java.util.Map;

/**
 * An instance of a service as it was registered.
 *
 * @param id unique on the agent
 * @param name the service's name
 * @param tags tags in the order given
 * @param meta metadata of the instance
 * @param address host, or empty for the node's address
 * @param port 0 when there is none
 * @param taggedAddresses further addresses by tag
 * @param weights DNS weights
 * @param enableTagOverride kept and reported, without effect here
 */
public record ServiceDefinition(String id, String name, List<String> tags, Map<String, String> meta, String address,
		int port, Map<String, TaggedAddress> taggedAddresses, Weights weights, boolean enableTagOverride) {

	/**
	 * An address under a tag.
	 *
	 * @param address host
	 * @param port port
	 */
	public record TaggedAddress(String address, int port) {
	}

	/**
	 * Weights by health.
	 *
	 * @param passing weight while passing
	 * @param warning weight while warning
	 */
	public record Weights(int passing, int warning) {

		/** What an instance has that names none. */
		public static final Weights DEFAULT = new Weights(1, 1);

	}

}
