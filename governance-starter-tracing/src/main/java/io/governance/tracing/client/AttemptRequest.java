// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.client;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.util.Map;

import io.governance.context.Attempts;
import io.micrometer.tracing.Span;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.StreamingHttpOutputMessage;
import org.springframework.http.client.ClientHttpRequest;
import org.springframework.http.client.ClientHttpResponse;

/**
 * One attempt of a blocking client. The span ends with the head of the response, or with
 * the failure.
 */
class AttemptRequest implements ClientHttpRequest {

	private final ClientHttpRequest delegate;

	private final AttemptSpans spans;

	private AttemptRequest(ClientHttpRequest delegate, AttemptSpans spans) {
		this.delegate = delegate;
		this.spans = spans;
	}

	/**
	 * Watches a request. What streams keeps streaming.
	 */
	static ClientHttpRequest of(ClientHttpRequest request, AttemptSpans spans) {
		return (request instanceof StreamingHttpOutputMessage streaming) ? new Streaming(request, streaming, spans)
				: new AttemptRequest(request, spans);
	}

	@Override
	public ClientHttpResponse execute() throws IOException {
		Span span = start();
		if (span == null) {
			return this.delegate.execute();
		}
		try {
			this.spans.inject(span, getHeaders()::set);
			ClientHttpResponse response = this.delegate.execute();
			this.spans.end(span, status(response));
			return response;
		}
		catch (IOException | RuntimeException | Error ex) {
			this.spans.fail(span, ex);
			throw ex;
		}
	}

	/**
	 * Nobody else can close a response that is not handed on.
	 */
	private static int status(ClientHttpResponse response) throws IOException {
		try {
			return response.getStatusCode().value();
		}
		catch (IOException | RuntimeException | Error ex) {
			response.close();
			throw ex;
		}
	}

	private @Nullable Span start() {
		return (getAttributes().get(Attempts.ATTRIBUTE) instanceof Attempts attempts)
				? this.spans.start(this.spans.current(), attempts, getMethod().name(), getURI()) : null;
	}

	@Override
	public OutputStream getBody() throws IOException {
		return this.delegate.getBody();
	}

	@Override
	public HttpHeaders getHeaders() {
		return this.delegate.getHeaders();
	}

	@Override
	public HttpMethod getMethod() {
		return this.delegate.getMethod();
	}

	@Override
	public URI getURI() {
		return this.delegate.getURI();
	}

	@Override
	public Map<String, Object> getAttributes() {
		return this.delegate.getAttributes();
	}

	/**
	 * A request whose body is written straight to the connection.
	 */
	private static final class Streaming extends AttemptRequest implements StreamingHttpOutputMessage {

		private final StreamingHttpOutputMessage body;

		private Streaming(ClientHttpRequest delegate, StreamingHttpOutputMessage body, AttemptSpans spans) {
			super(delegate, spans);
			this.body = body;
		}

		@Override
		public void setBody(Body body) {
			this.body.setBody(body);
		}

	}

}
