// SPDX-License-Identifier: Apache-2.0

package io.governance.client;

import java.io.IOException;
import java.net.URI;

import org.springframework.http.HttpMethod;
import org.springframework.http.client.AbstractClientHttpRequestFactoryWrapper;
import org.springframework.http.client.ClientHttpRequest;
import org.springframework.http.client.ClientHttpRequestFactory;

/**
 * Marks a factory that has its layers, so that it is never wrapped twice.
 */
final class StagedRequestFactory extends AbstractClientHttpRequestFactoryWrapper {

	StagedRequestFactory(ClientHttpRequestFactory outermost) {
		super(outermost);
	}

	@Override
	protected ClientHttpRequest createRequest(URI uri, HttpMethod method, ClientHttpRequestFactory outermost)
			throws IOException {
		return outermost.createRequest(uri, method);
	}

}
