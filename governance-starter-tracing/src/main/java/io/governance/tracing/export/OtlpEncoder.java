// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.export;

import java.util.List;
import java.util.Map;

import brave.handler.MutableSpan;

/**
 * OTLP version 1 in protocol buffers: {@code ExportTraceServiceRequest} with one resource
 * and one scope. Field numbers are those of opentelemetry-proto.
 */
final class OtlpEncoder implements SpanEncoder {

	private static final String SCOPE = "io.governance.tracing";

	private final byte[] resource;

	private final byte[] scope;

	/**
	 * Creates the encoder.
	 * @param resource attributes of this process, such as {@code service.name}
	 */
	OtlpEncoder(Map<String, String> resource) {
		ProtoWriter attributes = new ProtoWriter(256);
		resource.forEach((key, value) -> attributes.message(1, OtlpAttribute.text(key, value)));
		this.resource = new ProtoWriter(256).message(1, attributes).toBytes();
		this.scope = new ProtoWriter(32).message(1, new ProtoWriter(32).text(1, SCOPE)).toBytes();
	}

	@Override
	public String mediaType() {
		return "application/x-protobuf";
	}

	@Override
	public byte[] encode(MutableSpan span) {
		return OtlpSpan.write(span);
	}

	@Override
	public byte[] message(List<byte[]> spans) {
		int scopeSpans = this.scope.length;
		for (byte[] span : spans) {
			scopeSpans += ProtoWriter.sizeOf(span.length);
		}
		int resourceSpans = this.resource.length + ProtoWriter.sizeOf(scopeSpans);
		ProtoWriter message = new ProtoWriter(ProtoWriter.sizeOf(resourceSpans) + 16);
		message.header(1, resourceSpans).raw(this.resource).header(2, scopeSpans).raw(this.scope);
		for (byte[] span : spans) {
			message.bytes(2, span);
		}
		return message.toBytes();
	}

}
