// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.autoconfigure;

import java.time.Duration;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Settings of where finished spans go, fixed at start.
 *
 * @param to where sampled spans go
 * @param endpoint address that takes spans; without a path the usual one is added. By
 * default a backend on this machine: http://localhost:9411/api/v2/spans for Zipkin,
 * http://localhost:4318/v1/traces for OTLP over HTTP, http://localhost:4317 for gRPC
 * @param protocol how OTLP is carried
 * @param headers headers of each request, such as a token; never logged
 * @param compression whether messages above one kilobyte are compressed
 * @param connectTimeout how long connecting may take
 * @param timeout how long one request may take
 * @param sslBundle SSL bundle for https; by default the JVM's certificates
 * @param maxQueuedSpans most spans that wait; what comes when it is reached is dropped
 * @param maxQueuedBytes most memory of waiting spans; what comes when it is reached is
 * dropped
 * @param flushInterval how long a span waits for others before it is sent
 * @param shutdownTimeout how long a stop may take to send what waits
 * @param resourceAttributes attributes of this process for OTLP, over those that are
 * known: service.name, service.version, service.instance.id
 */
@ConfigurationProperties("governance.tracing.export")
record TracingExportProperties(@DefaultValue("log") Destination to, @Nullable String endpoint,
		@DefaultValue("http") Protocol protocol, @DefaultValue Map<String, String> headers,
		@DefaultValue("true") boolean compression, @DefaultValue("1s") Duration connectTimeout,
		@DefaultValue("5s") Duration timeout, @Nullable String sslBundle, @DefaultValue("10000") int maxQueuedSpans,
		@DefaultValue("8MB") DataSize maxQueuedBytes, @DefaultValue("1s") Duration flushInterval,
		@DefaultValue("2s") Duration shutdownTimeout, @DefaultValue Map<String, String> resourceAttributes) {

	/**
	 * Where spans go.
	 */
	enum Destination {

		/**
		 * Nowhere: ids are in the log lines, and spans are lines of the logger
		 * io.governance.tracing.spans at level DEBUG.
		 */
		LOG,

		/**
		 * A Zipkin server.
		 */
		ZIPKIN,

		/**
		 * An OpenTelemetry collector, or a backend that takes OTLP itself.
		 */
		OTLP

	}

	/**
	 * How OTLP is carried.
	 */
	enum Protocol {

		/**
		 * HTTP with protocol buffers.
		 */
		HTTP,

		/**
		 * gRPC.
		 */
		GRPC

	}

	@Override
	public String toString() {
		return "TracingExportProperties[to=" + this.to + ", protocol=" + this.protocol + "]";
	}

}
