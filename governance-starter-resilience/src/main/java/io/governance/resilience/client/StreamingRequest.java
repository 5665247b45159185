// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.client;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.StreamingHttpOutputMessage;
import org.springframework.http.client.AbstractClientHttpRequest;
import org.springframework.http.client.ClientHttpRequest;
import org.springframework.util.Assert;
import org.springframework.util.FastByteArrayOutputStream;

/**
 * A request that hands its body on without collecting it. Only what is written to
 * {@link #getBody()} is collected, because it comes before the request is sent.
 */
abstract class StreamingRequest extends AbstractClientHttpRequest implements StreamingHttpOutputMessage {

	private final URI uri;

	private final HttpMethod method;

	private @Nullable Body body;

	private @Nullable FastByteArrayOutputStream written;

	StreamingRequest(URI uri, HttpMethod method) {
		this.uri = uri;
		this.method = method;
	}

	@Override
	public final URI getURI() {
		return this.uri;
	}

	@Override
	public final HttpMethod getMethod() {
		return this.method;
	}

	@Override
	public final void setBody(Body body) {
		assertNotExecuted();
		Assert.state(this.written == null, "Invoke either getBody or setBody; not both");
		this.body = body;
	}

	@Override
	protected final OutputStream getBodyInternal(HttpHeaders headers) {
		Assert.state(this.body == null, "Invoke either getBody or setBody; not both");
		if (this.written == null) {
			this.written = new FastByteArrayOutputStream(1024);
		}
		return this.written;
	}

	final @Nullable Body body(HttpHeaders headers) {
		if (this.written == null) {
			return this.body;
		}
		if (headers.getContentLength() < 0) {
			headers.setContentLength(this.written.size());
		}
		return new WrittenBody(this.written);
	}

	/**
	 * Gives another request what this one was given. Lists of values are copied: clients
	 * add to them.
	 */
	final void copyTo(ClientHttpRequest target, HttpHeaders headers, @Nullable Body content) throws IOException {
		for (Map.Entry<String, java.util.List<String>> header : headers.headerSet()) {
			target.getHeaders().put(header.getKey(), new ArrayList<>(header.getValue()));
		}
		target.getAttributes().putAll(getAttributes());
		if (content == null) {
			return;
		}
		if (target instanceof StreamingHttpOutputMessage streaming) {
			streaming.setBody(content);
		}
		else {
			content.writeTo(target.getBody());
		}
	}

	/**
	 * A body that was collected, and can be written any number of times.
	 */
	record WrittenBody(FastByteArrayOutputStream bytes) implements Body {

		/**
		 * Writes a body down.
		 * @return its copy; {@code null} if it is too large
		 */
		static @Nullable WrittenBody of(Body body, long maxBytes) throws IOException {
			FastByteArrayOutputStream bytes = new FastByteArrayOutputStream();
			AtomicLong left = new AtomicLong(maxBytes);
			body.writeTo(new OutputStream() {

				@Override
				public void write(int value) throws IOException {
					write(new byte[] { (byte) value }, 0, 1);
				}

				@Override
				public void write(byte[] some, int offset, int length) throws IOException {
					if (left.addAndGet(-length) >= 0) {
						bytes.write(some, offset, length);
					}
				}

			});
			return (left.get() >= 0) ? new WrittenBody(bytes) : null;
		}

		long size() {
			return this.bytes.size();
		}

		@Override
		public void writeTo(OutputStream out) throws IOException {
			this.bytes.writeTo(out);
		}

		@Override
		public boolean repeatable() {
			return true;
		}

	}

}
