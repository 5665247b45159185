// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.client;

import java.net.URI;
import java.util.Map;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpRequest;
import org.springframework.web.reactive.function.client.ClientRequest;

/**
 * What a response that nobody sent tells of its request: the exceptions of
 * {@code WebClient} name it.
 *
 * @param request the request
 */
record SentRequest(ClientRequest request) implements HttpRequest {

	@Override
	public HttpMethod getMethod() {
		return this.request.method();
	}

	@Override
	public URI getURI() {
		return this.request.url();
	}

	@Override
	public HttpHeaders getHeaders() {
		return this.request.headers();
	}

	@Override
	public Map<String, Object> getAttributes() {
		return this.request.attributes();
	}

}
