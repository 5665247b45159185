// SPDX-License-Identifier: Apache-2.0

package io.governance.embeddedconsul.catalog;

/**
 * The one node there is.
 *
 * @param id a UUID
 * @param name the node's name
 * @param address its address, used by instances that name none
 * @param serverPort the port reported as the server's, where nothing listens
 * @param serfPort the port reported as the gossip port, where nothing listens
 */
public record Node(String id, String name, String address, int serverPort, int serfPort) {

	/** The one datacenter. */
	public static final String DATACENTER = "dc1";

	/** The version of Consul whose answers are given. */
	public static final String VERSION = "1.8.7";

	/** Indexes of the node's own record. */
	public static final long INDEX = 1;

}
