// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.client;

import java.net.URI;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

import io.governance.client.ClientCall;

/**
 * Which calls of clients that are not load-balanced are governed too: those to hosts that
 * were named.
 */
public final class GovernedHosts {

	private final Set<String> hosts;

	/**
	 * Names the hosts.
	 * @param hosts host names or addresses, without port, in any case
	 */
	public GovernedHosts(Collection<String> hosts) {
		this.hosts = hosts.stream().map((host) -> host.trim().toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
	}

	boolean isEmpty() {
		return this.hosts.isEmpty();
	}

	/**
	 * Whether calls to an address are governed.
	 * @param uri the address
	 * @return whether its host is named
	 */
	public boolean contains(URI uri) {
		String host = ClientCall.host(uri);
		return host != null && this.hosts.contains(host.toLowerCase(Locale.ROOT));
	}

}
