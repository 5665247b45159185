// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.client;

import java.net.URI;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

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
		String host = host(uri);
		return host != null && this.hosts.contains(host.toLowerCase(Locale.ROOT));
	}

	/**
	 * The host of an address. A name that is no host name to {@link URI}, such as one
	 * with an underscore, is taken from the authority.
	 */
	static @Nullable String host(URI uri) {
		if (uri.getHost() != null) {
			return uri.getHost();
		}
		String authority = uri.getRawAuthority();
		if (authority == null) {
			return null;
		}
		String address = authority.substring(authority.lastIndexOf('@') + 1);
		int colon = address.lastIndexOf(':');
		return (colon > 0) ? address.substring(0, colon) : address;
	}

}
