// SPDX-License-Identifier: Apache-2.0

package io.governance.client;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

import feign.Response;
import org.apache.hc.core5.http.io.EofSensorInputStream;
import org.jspecify.annotations.Nullable;

import org.springframework.util.ClassUtils;

/**
 * Responses of Feign clients: watched to the end of their bodies, or let go.
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
	public static Response watched(Response response, Watcher watcher) {
		Response.Body body = response.body();
		if (body == null) {
			watcher.completed();
			return response;
		}
		return response.toBuilder().body(new WatchedBody(body, watcher)).build();
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

	/** Is told how a body ended; of several reports the first counts. */
	public interface Watcher {

		/** It was read to its end, or the reader had enough of it. */
		void completed();

		/**
		 * It broke off.
		 * @param error how
		 */
		void failed(IOException error);

	}

	/** Loaded only where Apache's client is. */
	private static final class Apache {

		private Apache() {
		}

		static void abandon(Response.Body body) throws IOException {
			InputStream in = (body instanceof WatchedBody watched) ? watched.body.asInputStream()
					: body.asInputStream();
			if (in instanceof EofSensorInputStream rest && !isThere(rest, body.length())) {
				rest.abort();
			}
		}

		private static boolean isThere(InputStream rest, @Nullable Integer length) throws IOException {
			return length != null && rest.available() >= length;
		}

	}

	private static final class WatchedBody implements Response.Body {

		private final Response.Body body;

		private final Watcher watcher;

		private @Nullable InputStream stream;

		WatchedBody(Response.Body body, Watcher watcher) {
			this.body = body;
			this.watcher = watcher;
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
			if (this.body.isRepeatable() || this.stream == null) {
				this.stream = new WatchedStream(this.body.asInputStream(), this.watcher);
			}
			return this.stream;
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
			this.watcher.completed();
			this.body.close();
		}

	}

	private static final class WatchedStream extends FilterInputStream {

		private final Watcher watcher;

		WatchedStream(InputStream body, Watcher watcher) {
			super(body);
			this.watcher = watcher;
		}

		@Override
		public int read() throws IOException {
			try {
				return ended(this.in.read());
			}
			catch (IOException ex) {
				this.watcher.failed(ex);
				throw ex;
			}
		}

		@Override
		public int read(byte[] bytes, int offset, int length) throws IOException {
			try {
				return ended(this.in.read(bytes, offset, length));
			}
			catch (IOException ex) {
				this.watcher.failed(ex);
				throw ex;
			}
		}

		private int ended(int read) {
			if (read < 0) {
				this.watcher.completed();
			}
			return read;
		}

		@Override
		public void close() throws IOException {
			this.watcher.completed();
			super.close();
		}

	}

}
