// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.client;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;

import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpMethod;
import org.springframework.http.client.ClientHttpRequest;

/**
 * Makes requests that can be stopped from another thread. Thread-safe.
 */
interface Transport {

	/**
	 * Makes a request.
	 * @param uri the address
	 * @param method the method
	 * @param connectTimeout how long to try to connect; {@code null} for the client's own
	 * @return the request
	 * @throws IOException if it cannot be made
	 */
	Stoppable createRequest(URI uri, HttpMethod method, @Nullable Duration connectTimeout) throws IOException;

	/**
	 * A request.
	 *
	 * @param request to be executed
	 * @param stop makes an execution that waits for the head of the response fail; later,
	 * ends the response
	 * @param wakesReader whether that makes another thread fail that reads the response
	 */
	record Stoppable(ClientHttpRequest request, Runnable stop, boolean wakesReader) {
	}

}
