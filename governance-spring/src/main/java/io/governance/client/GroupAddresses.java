// SPDX-License-Identifier: Apache-2.0

package io.governance.client;

import java.net.URI;

/**
 * Where the requests of an HTTP service group go. The base URL of a group can be set in
 * many places; the address of the request shows them all. Stateless.
 */
public final class GroupAddresses {

	private static final String LOAD_BALANCED = "lb";

	private GroupAddresses() {
	}

	/**
	 * The address of a request.
	 * @param uri what the client was given
	 * @param group the name of its group
	 * @return the same; a group without any base URL calls the service of its name, as it
	 * does with Spring Cloud LoadBalancer
	 */
	public static URI of(URI uri, String group) {
		if (uri.isAbsolute()) {
			return uri;
		}
		String rest = uri.toString();
		return URI.create(LOAD_BALANCED + "://" + group + (rest.startsWith("/") ? "" : "/") + rest);
	}

	/**
	 * Whether an instance is to be chosen for a request.
	 * @param uri its address
	 * @return whether its scheme is {@code lb}
	 */
	public static boolean isLoadBalanced(URI uri) {
		return LOAD_BALANCED.equalsIgnoreCase(uri.getScheme());
	}

}
