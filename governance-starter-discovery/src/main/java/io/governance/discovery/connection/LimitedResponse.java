// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.connection;

import java.io.IOException;
import java.io.InputStream;

import io.governance.discovery.connection.ConnectionLimits.Place;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.client.ClientHttpResponse;

/**
 * A response that leaves its place at the instance when it is closed.
 */
final class LimitedResponse implements ClientHttpResponse {

	private final ClientHttpResponse response;

	private final Place place;

	LimitedResponse(ClientHttpResponse response, Place place) {
		this.response = response;
		this.place = place;
	}

	@Override
	public HttpStatusCode getStatusCode() throws IOException {
		return this.response.getStatusCode();
	}

	@Override
	public String getStatusText() throws IOException {
		return this.response.getStatusText();
	}

	@Override
	public HttpHeaders getHeaders() {
		return this.response.getHeaders();
	}

	@Override
	public InputStream getBody() throws IOException {
		return this.response.getBody();
	}

	@Override
	public void close() {
		try {
			this.response.close();
		}
		finally {
			this.place.leave();
		}
	}

}
