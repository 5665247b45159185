// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.export;

import java.net.URI;
import java.time.Duration;
import java.util.Map;

import javax.net.ssl.SSLContext;

import org.jspecify.annotations.Nullable;

/**
 * Checked settings of an export. Immutable.
 *
 * @param format what is sent, and how
 * @param connection where it is sent to
 * @param queue what waits, and how long
 * @param resource attributes that say whose spans they are, such as {@code service.name};
 * OTLP sends them
 */
public record ExportSettings(Format format, Connection connection, Queue queue, Map<String, String> resource) {

	/**
	 * What is sent, and how.
	 */
	public enum Format {

		/**
		 * Zipkin's JSON over HTTP.
		 */
		ZIPKIN("zipkin"),

		/**
		 * OTLP over HTTP, as protocol buffers.
		 */
		OTLP_HTTP("otlp/http"),

		/**
		 * OTLP over gRPC.
		 */
		OTLP_GRPC("otlp/grpc");

		private final String text;

		Format(String text) {
			this.text = text;
		}

		@Override
		public String toString() {
			return this.text;
		}

	}

	/**
	 * Where spans are sent to.
	 *
	 * @param endpoint the address, with scheme {@code http} or {@code https}
	 * @param headers headers of each request, such as a token; never logged
	 * @param compression whether messages above one kilobyte are compressed
	 * @param connectTimeout how long connecting may take
	 * @param timeout how long a whole request may take
	 * @param ssl trusted certificates and own key; {@code null} for the JVM's
	 */
	public record Connection(URI endpoint, Map<String, String> headers, boolean compression, Duration connectTimeout,
			Duration timeout, @Nullable SSLContext ssl) {

		/**
		 * The address as it may be logged: without what can hold a password or token.
		 * @return scheme, host, port and path
		 */
		public String shownEndpoint() {
			String port = (this.endpoint.getPort() != -1) ? ":" + this.endpoint.getPort() : "";
			return this.endpoint.getScheme() + "://" + this.endpoint.getHost() + port + this.endpoint.getPath();
		}

		@Override
		public String toString() {
			return shownEndpoint();
		}

	}

	/**
	 * What waits, and how long.
	 *
	 * @param maxSpans most spans that wait
	 * @param maxBytes most bytes that wait
	 * @param flushInterval how long a span waits for others before it is sent
	 * @param shutdownTimeout how long a stop may take to send what waits
	 */
	public record Queue(int maxSpans, long maxBytes, Duration flushInterval, Duration shutdownTimeout) {
	}

	@Override
	public String toString() {
		return this.format + " " + this.connection.shownEndpoint();
	}

}
