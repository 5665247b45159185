// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.client;

import java.io.IOException;
import java.net.URI;

import io.governance.context.Attempts;
import io.governance.discovery.Instance;
import io.governance.discovery.InstanceSelector;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.StreamingHttpOutputMessage;
import org.springframework.http.client.AbstractStreamingClientHttpRequest;
import org.springframework.http.client.ClientHttpRequest;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.ClientHttpResponse;

/**
 * One attempt: picks the instance when it is executed, and hands the body on as it is, so
 * that it is written straight to the connection.
 */
final class LoadBalancingRequest extends AbstractStreamingClientHttpRequest {

	private final URI uri;

	private final HttpMethod method;

	private final ClientHttpRequestFactory next;

	private final InstanceSelector selector;

	LoadBalancingRequest(URI uri, HttpMethod method, ClientHttpRequestFactory next, InstanceSelector selector) {
		this.uri = uri;
		this.method = method;
		this.next = next;
		this.selector = selector;
	}

	@Override
	public HttpMethod getMethod() {
		return this.method;
	}

	@Override
	public URI getURI() {
		return this.uri;
	}

	@Override
	protected ClientHttpResponse executeInternal(HttpHeaders headers, @Nullable Body body) throws IOException {
		Attempts attempts = (Attempts) getAttributes().get(Attempts.ATTRIBUTE);
		Instance instance = this.selector.select(InstanceUris.service(this.uri), attempts);
		ClientHttpRequest request = this.next.createRequest(InstanceUris.at(this.uri, instance), this.method);
		headers.forEach((name, values) -> request.getHeaders().addAll(name, values));
		request.getAttributes().putAll(getAttributes());
		if (body != null) {
			if (request instanceof StreamingHttpOutputMessage streaming) {
				streaming.setBody(body);
			}
			else {
				body.writeTo(request.getBody());
			}
		}
		try {
			return request.execute();
		}
		catch (IOException ex) {
			if (ConnectFailures.isConnectFailure(ex)) {
				this.selector.connectFailed(instance);
			}
			throw ex;
		}
	}

}
