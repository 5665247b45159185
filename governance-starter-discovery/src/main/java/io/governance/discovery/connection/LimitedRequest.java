// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.connection;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Map;

import io.governance.context.Attempts;
import io.governance.discovery.connection.ConnectionLimits.Place;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.StreamingHttpOutputMessage;
import org.springframework.http.client.ClientHttpRequest;
import org.springframework.http.client.ClientHttpResponse;

/**
 * A request that is executed when it has a place at its instance, and keeps it until the
 * response is closed.
 */
final class LimitedRequest implements ClientHttpRequest, StreamingHttpOutputMessage {

	private final ClientHttpRequest request;

	private final ConnectionLimits limits;

	LimitedRequest(ClientHttpRequest request, ConnectionLimits limits) {
		this.request = request;
		this.limits = limits;
	}

	@Override
	public ClientHttpResponse execute() throws IOException {
		Place place = this.limits.take(getURI(),
				(getAttributes().get(Attempts.ATTRIBUTE) instanceof Attempts attempts) ? attempts.end() : null);
		ClientHttpResponse response = null;
		try {
			response = this.request.execute();
			return new LimitedResponse(response, place);
		}
		finally {
			if (response == null) {
				place.leave();
			}
		}
	}

	@Override
	public void setBody(Body body) {
		if (this.request instanceof StreamingHttpOutputMessage streaming) {
			streaming.setBody(body);
			return;
		}
		try {
			body.writeTo(this.request.getBody());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public OutputStream getBody() throws IOException {
		return this.request.getBody();
	}

	@Override
	public HttpMethod getMethod() {
		return this.request.getMethod();
	}

	@Override
	public URI getURI() {
		return this.request.getURI();
	}

	@Override
	public Map<String, Object> getAttributes() {
		return this.request.getAttributes();
	}

	@Override
	public HttpHeaders getHeaders() {
		return this.request.getHeaders();
	}

}
