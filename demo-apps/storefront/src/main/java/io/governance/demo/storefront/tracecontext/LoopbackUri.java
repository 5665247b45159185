// SPDX-License-Identifier: Apache-2.0

package io.governance.demo.storefront.tracecontext;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;

import org.jspecify.annotations.Nullable;

/**
 * Addresses that may be called: plain HTTP to this machine.
 */
final class LoopbackUri {

	private static final String EXPECTED = " (expected: http://HOST with a HOST that is this machine)";

	private LoopbackUri() {
	}

	/**
	 * Checks an address. The result names the address that was checked instead of the
	 * host, so that a name which resolves differently a moment later cannot be called.
	 * @param url the address
	 * @return the address to call
	 * @throws RefusedCallException if it is not on this machine
	 */
	static URI of(String url) {
		URI uri = parse(url);
		String host = uri.getHost();
		if (!"http".equalsIgnoreCase(uri.getScheme()) || host == null || uri.getRawUserInfo() != null) {
			throw new RefusedCallException("url: " + url + EXPECTED);
		}
		InetAddress address = resolve(host);
		if (address == null) {
			throw new RefusedCallException("url: " + url + EXPECTED);
		}
		String literal = address.getHostAddress();
		String authority = (literal.indexOf(':') >= 0) ? "[" + literal + "]" : literal;
		String port = (uri.getPort() >= 0) ? ":" + uri.getPort() : "";
		String query = (uri.getRawQuery() != null) ? "?" + uri.getRawQuery() : "";
		return URI.create("http://" + authority + port + uri.getRawPath() + query);
	}

	private static URI parse(String url) {
		try {
			return new URI(url);
		}
		catch (URISyntaxException ex) {
			throw new RefusedCallException("url: " + url + EXPECTED);
		}
	}

	private static @Nullable InetAddress resolve(String host) {
		try {
			InetAddress[] addresses = InetAddress.getAllByName(host);
			for (InetAddress address : addresses) {
				if (!address.isLoopbackAddress()) {
					return null;
				}
			}
			return addresses[0];
		}
		catch (UnknownHostException ex) {
			return null;
		}
	}

}
