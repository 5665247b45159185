// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.mirror;

import java.net.URI;
import java.util.function.Function;

import io.governance.discovery.Instance;

import org.springframework.http.HttpHeaders;

/**
 * A request of which copies are sent.
 *
 * @param method the HTTP method
 * @param address the same address at an instance
 * @param headers the headers, before a route changes them
 */
public record MirroredRequest(String method, Function<Instance, URI> address, HttpHeaders headers) {

	/**
	 * Copies the headers: those of the request change.
	 */
	public MirroredRequest {
		headers = HttpHeaders.copyOf(headers);
	}

}
