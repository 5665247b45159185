// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.client;

import java.io.IOException;
import java.net.URI;

import io.governance.client.ClientCall;
import io.governance.context.Attempts;
import io.governance.context.CallContext;
import io.governance.discovery.SelectedInstance;
import io.governance.discovery.mirror.MirroredRequest;
import io.governance.discovery.mirror.Mirroring;
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

	private final LoadBalancingStage stage;

	LoadBalancingRequest(URI uri, HttpMethod method, ClientHttpRequestFactory next, LoadBalancingStage stage) {
		this.uri = uri;
		this.method = method;
		this.next = next;
		this.stage = stage;
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
		InstanceUris.service(this.uri);
		ClientCall call = new ClientCall(this.stage.origin(), CallContext.current(), this.method.name(), this.uri,
				headers);
		Attempts attempts = (Attempts) getAttributes().get(Attempts.ATTRIBUTE);
		SelectedInstance selected = this.stage.selector().select(call, attempts);
		Mirroring copies = this.stage.mirror()
			.begin(selected, call, () -> new MirroredRequest(this.method.name(),
					(instance) -> InstanceUris.at(this.uri, instance), headers));
		return send(selected, copies, headers, body);
	}

	private ClientHttpResponse send(SelectedInstance selected, @Nullable Mirroring copies, HttpHeaders headers,
			@Nullable Body body) throws IOException {
		if (copies != null && body == null) {
			copies.complete();
		}
		MirroredBody shown = (body != null && copies != null) ? new MirroredBody(body, copies) : null;
		WatchedBody watched = (body != null) ? new WatchedBody((shown != null) ? shown : body) : null;
		try {
			return ReportedResponse.of(request(selected, headers, watched).execute(), this.method, selected);
		}
		catch (IOException | RuntimeException | Error ex) {
			selected.failed(ex, watched != null && watched.hasSourceFailed());
			throw ex;
		}
		finally {
			if (shown != null) {
				shown.abandonUnlessBegun();
			}
		}
	}

	private ClientHttpRequest request(SelectedInstance selected, HttpHeaders headers, @Nullable Body body)
			throws IOException {
		ClientHttpRequest request = this.next.createRequest(InstanceUris.at(this.uri, selected.instance()),
				this.method);
		headers.forEach((name, values) -> request.getHeaders().addAll(name, values));
		RequestChanges.apply(selected.headers(), request.getHeaders());
		request.getAttributes().putAll(getAttributes());
		if (body != null) {
			if (request instanceof StreamingHttpOutputMessage streaming) {
				streaming.setBody(body);
			}
			else {
				body.writeTo(request.getBody());
			}
		}
		return request;
	}

}
