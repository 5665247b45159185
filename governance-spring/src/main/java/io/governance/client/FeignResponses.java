// SPDX-License-Identifier: Apache-2.0

package io.governance.client;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;

import feign.Request;
import feign.Response;
import org.apache.hc.core5.http.io.EofSensorInputStream;
import org.jspecify.annotations.Nullable;

import org.springframework.util.ClassUtils;

/**
 * Responses of Feign clients: read by streams of our own, or let go.
 */
public final class FeignResponses {

	private static final boolean APACHE_PRESENT = ClassUtils
		.isPresent("org.apache.hc.core5.http.io.EofSensorInputStream", FeignResponses.class.getClassLoader());

	private FeignResponses() {
	}

	/**
	 * Watches how the body of a response ends.
	 * @param response the response
	 * @param watcher is told
	 * @return a response whose body is watched
	 */
	public static Response watched(Response response, WatchedBody.Watcher watcher) {
		Response.Body body = response.body();
		if (body == null) {
			watcher.completed();
			return response;
		}
		long length = length(response, body);
		return reading(response, (in) -> new WatchedBody(in, length, watcher), watcher::completed);
	}

	/**
	 * How many bytes must come: the length counts what was sent, which some clients
	 * decode.
	 */
	private static long length(Response response, Response.Body body) {
		Integer length = body.length();
		boolean other = length == null || response.headers().containsKey("content-encoding")
				|| response.request().httpMethod() == Request.HttpMethod.HEAD || response.status() == 204
				|| response.status() == 304;
		return other ? 0 : length;
	}

	/**
	 * Puts a stream of one's own before the body of a response. Where the body can be
	 * read again, only the first reading is by it.
	 * @param response the response, with a body
	 * @param stream makes the stream out of that of the body
	 * @param closed is run when the body is closed
	 * @return a response that is read by that stream
	 */
	public static Response reading(Response response, UnaryOperator<InputStream> stream, Runnable closed) {
		return response.toBuilder().body(new ReadBody(response.body(), stream, closed)).build();
	}

	/**
	 * Lets go of a response that nobody reads. Apache's client reads the rest of a body
	 * when it is closed, for as long as the server likes: what is not there yet is
	 * abandoned with its connection. The other clients bound that by themselves.
	 * @param response the response
	 */
	public static void discard(Response response) {
		try (Response.Body body = response.body()) {
			if (body != null && APACHE_PRESENT) {
				Apache.abandon(body);
			}
		}
		catch (IOException ex) {
			// it is of no use any more
		}
	}

	/** Loaded only where Apache's client is. */
	private static final class Apache {

		private Apache() {
		}

		static void abandon(Response.Body body) throws IOException {
			InputStream in = (body instanceof ReadBody read) ? read.body.asInputStream() : body.asInputStream();
			if (in instanceof EofSensorInputStream rest && !isThere(rest, body.length())) {
				rest.abort();
			}
		}

		private static boolean isThere(InputStream rest, @Nullable Integer length) throws IOException {
			return length != null && rest.available() >= length;
		}

	}

	private static final class ReadBody implements Response.Body {

		private final Response.Body body;

		private final UnaryOperator<InputStream> wrapper;

		private final Runnable closed;

		private @Nullable InputStream stream;

		ReadBody(Response.Body body, UnaryOperator<InputStream> wrapper, Runnable closed) {
			this.body = body;
			this.wrapper = wrapper;
			this.closed = closed;
		}

		@Override
		public @Nullable Integer length() {
			return this.body.length();
		}

		@Override
		public boolean isRepeatable() {
			return this.body.isRepeatable();
		}

		@Override
		public InputStream asInputStream() throws IOException {
			InputStream first = this.stream;
			if (first == null) {
				first = this.wrapper.apply(this.body.asInputStream());
				this.stream = first;
				return first;
			}
			return isRepeatable() ? this.body.asInputStream() : first;
		}

		@Override
		@SuppressWarnings("deprecation")
		public Reader asReader() throws IOException {
			return asReader(StandardCharsets.UTF_8);
		}

		@Override
		public Reader asReader(Charset charset) throws IOException {
			return new InputStreamReader(asInputStream(), charset);
		}

		@Override
		public void close() throws IOException {
			this.closed.run();
			this.body.close();
		}

	}

}
