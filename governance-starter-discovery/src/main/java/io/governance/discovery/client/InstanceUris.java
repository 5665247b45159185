// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.client;

import java.net.URI;

import io.governance.client.ClientCall;
import io.governance.discovery.Instance;

/**
 * Puts an instance's address in the place of a service's name, and leaves the rest of the
 * URI as it is encoded.
 */
public final class InstanceUris {

	private InstanceUris() {
	}

	/**
	 * The service that a URI names.
	 * @param uri the URI of the request
	 * @return its host; also where that is no legal host name, such as {@code my_service}
	 * @throws IllegalArgumentException when the URI names none
	 */
	public static String service(URI uri) {
		String host = ClientCall.host(uri);
		if (host == null || host.isEmpty()) {
			throw new IllegalArgumentException(
					"URI of a load-balanced client: " + uri + " (expected: a service name as host)");
		}
		return host;
	}

	/**
	 * The URI of the same request at an instance.
	 * @param uri the URI with the service's name
	 * @param instance the instance
	 * @return the URI with the instance's address; {@code https} when the instance speaks
	 * TLS or the URI said so
	 */
	public static URI at(URI uri, Instance instance) {
		boolean secure = instance.secure() || "https".equalsIgnoreCase(uri.getScheme());
		StringBuilder text = new StringBuilder(secure ? "https://" : "http://");
		if (uri.getRawUserInfo() != null) {
			text.append(uri.getRawUserInfo()).append('@');
		}
		text.append(instance.address());
		if (uri.getRawPath() != null) {
			text.append(uri.getRawPath());
		}
		if (uri.getRawQuery() != null) {
			text.append('?').append(uri.getRawQuery());
		}
		return URI.create(text.toString());
	}

}
