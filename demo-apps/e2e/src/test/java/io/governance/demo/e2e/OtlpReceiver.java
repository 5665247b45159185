// SPDX-License-Identifier: Apache-2.0

package io.governance.demo.e2e;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.GZIPInputStream;

import com.google.protobuf.ByteString;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;

/**
 * Takes spans by OTLP over HTTP, as a collector does, with the protocol's own classes.
 */
final class OtlpReceiver implements AutoCloseable {

	private final HttpServer server;

	private final Map<String, List<RecordedSpan>> traces = new ConcurrentHashMap<>();

	OtlpReceiver() {
		try {
			this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.server.createContext("/v1/traces", this::receive);
		this.server.start();
	}

	String url() {
		return "http://127.0.0.1:" + this.server.getAddress().getPort() + "/v1/traces";
	}

	List<RecordedSpan> spans(String traceId) {
		return List.copyOf(this.traces.getOrDefault(traceId, List.of()));
	}

	private void receive(HttpExchange exchange) throws IOException {
		try (exchange) {
			boolean zipped = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
			InputStream body = exchange.getRequestBody();
			ExportTraceServiceRequest request = ExportTraceServiceRequest
				.parseFrom(zipped ? new GZIPInputStream(body) : body);
			request.getResourceSpansList().forEach(this::take);
			exchange.sendResponseHeaders(200, -1);
		}
	}

	private void take(ResourceSpans resource) {
		String service = tags(resource.getResource().getAttributesList()).getOrDefault("service.name", "");
		for (ScopeSpans scope : resource.getScopeSpansList()) {
			for (Span span : scope.getSpansList()) {
				this.traces.computeIfAbsent(hex(span.getTraceId()), (id) -> new CopyOnWriteArrayList<>())
					.add(recorded(service, span));
			}
		}
	}

	private static RecordedSpan recorded(String service, Span span) {
		String kind = span.getKind().name().replace("SPAN_KIND_", "").replace("INTERNAL", "");
		return new RecordedSpan(service, hex(span.getSpanId()),
				span.getParentSpanId().isEmpty() ? null : hex(span.getParentSpanId()), kind,
				span.getStatus().getCode() == Status.StatusCode.STATUS_CODE_ERROR, tags(span.getAttributesList()));
	}

	private static Map<String, String> tags(List<KeyValue> attributes) {
		Map<String, String> tags = new TreeMap<>();
		for (KeyValue attribute : attributes) {
			tags.put(attribute.getKey(), attribute.getValue().hasIntValue()
					? String.valueOf(attribute.getValue().getIntValue()) : attribute.getValue().getStringValue());
		}
		return tags;
	}

	private static String hex(ByteString id) {
		return HexFormat.of().formatHex(id.toByteArray());
	}

	@Override
	public void close() {
		this.server.stop(0);
	}

}
