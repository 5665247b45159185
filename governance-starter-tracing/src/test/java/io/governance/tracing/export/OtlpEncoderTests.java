// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.export;

import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import brave.handler.MutableSpan;
import com.google.protobuf.InvalidProtocolBufferException;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Span.SpanKind;
import io.opentelemetry.proto.trace.v1.Status.StatusCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What is written is read with the classes of opentelemetry-proto.
 */
class OtlpEncoderTests {

	private static final long START = 1_700_000_000_123_456L;

	private final OtlpEncoder encoder = new OtlpEncoder(Map.of("service.name", "orders", "service.version", "1.2"));

	@Test
	void idsAreBytesAndTimesAreNanoseconds() {
		Span span = written(span());
		assertThat(hex(span.getTraceId().toByteArray())).isEqualTo("0af7651916cd43dd8448eb211c80319c");
		assertThat(hex(span.getSpanId().toByteArray())).isEqualTo("b7ad6b7169203331");
		assertThat(span.getParentSpanId().isEmpty()).isTrue();
		assertThat(span.getName()).isEqualTo("get /orders");
		assertThat(span.getStartTimeUnixNano()).isEqualTo(START * 1000);
		assertThat(span.getEndTimeUnixNano()).isEqualTo((START + 2500) * 1000);
		assertThat(span.getStatus().getCode()).isEqualTo(StatusCode.STATUS_CODE_UNSET);
		assertThat(span.getFlags()).isEqualTo(1);
	}

	@Test
	void theParentIsNamed() {
		MutableSpan span = span();
		span.parentId("00f067aa0ba902b7");
		assertThat(hex(written(span).getParentSpanId().toByteArray())).isEqualTo("00f067aa0ba902b7");
	}

	@Test
	void aShortTraceIdGetsZerosInFront() {
		MutableSpan span = span();
		span.traceId("8448eb211c80319c");
		assertThat(hex(written(span).getTraceId().toByteArray())).isEqualTo("00000000000000008448eb211c80319c");
	}

	@ParameterizedTest
	@CsvSource({ "SERVER, SPAN_KIND_SERVER", "CLIENT, SPAN_KIND_CLIENT", "PRODUCER, SPAN_KIND_PRODUCER",
			"CONSUMER, SPAN_KIND_CONSUMER", ", SPAN_KIND_INTERNAL" })
	void kindsAreTranslated(brave.Span.Kind kind, SpanKind expected) {
		MutableSpan span = span();
		span.kind(kind);
		assertThat(written(span).getKind()).isEqualTo(expected);
	}

	@Test
	void tagsAreTextUnlessTheyMeanANumber() {
		MutableSpan span = span();
		span.tag("status", "200");
		span.tag("http.response.status_code", "200");
		span.tag("http.status_code", "none");
		span.tag("city", "Zürich 東京");
		Map<String, AnyValue> attributes = attributes(written(span).getAttributesList());
		assertThat(attributes.get("status").getStringValue()).isEqualTo("200");
		assertThat(attributes.get("http.response.status_code").getIntValue()).isEqualTo(200);
		assertThat(attributes.get("http.status_code").getStringValue()).isEqualTo("none");
		assertThat(attributes.get("city").getStringValue()).isEqualTo("Zürich 東京");
	}

	@Test
	void theRemoteSideIsNamed() {
		MutableSpan span = span();
		span.remoteServiceName("inventory");
		span.remoteIpAndPort("10.1.2.3", 8080);
		Map<String, AnyValue> attributes = attributes(written(span).getAttributesList());
		assertThat(attributes.get("peer.service").getStringValue()).isEqualTo("inventory");
		assertThat(attributes.get("network.peer.address").getStringValue()).isEqualTo("10.1.2.3");
		assertThat(attributes.get("network.peer.port").getIntValue()).isEqualTo(8080);
	}

	@Test
	void aThrowableIsAnErrorAndAnEvent() {
		MutableSpan span = span();
		span.error(new IllegalStateException("no stock"));
		Span written = written(span);
		assertThat(written.getStatus().getCode()).isEqualTo(StatusCode.STATUS_CODE_ERROR);
		assertThat(written.getStatus().getMessage()).isEqualTo("no stock");
		assertThat(written.getEventsList()).singleElement().satisfies((event) -> {
			assertThat(event.getName()).isEqualTo("exception");
			assertThat(event.getTimeUnixNano()).isEqualTo((START + 2500) * 1000);
			assertThat(attributes(event.getAttributesList()).get("exception.type").getStringValue())
				.isEqualTo("java.lang.IllegalStateException");
			assertThat(attributes(event.getAttributesList()).get("exception.message").getStringValue())
				.isEqualTo("no stock");
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "503", "" })
	void theTagErrorIsAnError(String value) {
		MutableSpan span = span();
		span.tag("error", value);
		Span written = written(span);
		assertThat(written.getStatus().getCode()).isEqualTo(StatusCode.STATUS_CODE_ERROR);
		assertThat(written.getStatus().getMessage()).isEqualTo(value);
		assertThat(attributes(written.getAttributesList())).doesNotContainKey("error");
	}

	@Test
	void annotationsAreEvents() {
		MutableSpan span = span();
		span.annotate(START + 1000, "retry");
		assertThat(written(span).getEventsList()).singleElement().satisfies((event) -> {
			assertThat(event.getName()).isEqualTo("retry");
			assertThat(event.getTimeUnixNano()).isEqualTo((START + 1000) * 1000);
		});
	}

	@Test
	void aSpanWithoutAnEndEndsWhenItStarts() {
		MutableSpan span = span();
		span.finishTimestamp(0);
		span.name(null);
		span.error(new IllegalStateException("never closed"));
		assertThat(written(span).getEndTimeUnixNano()).isEqualTo(START * 1000);
		assertThat(written(span).getEvents(0).getTimeUnixNano()).isEqualTo(START * 1000);
		assertThat(written(span).getName()).isEqualTo("unknown");
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 2, 1000 })
	void manySpansHaveOneResource(int count) throws InvalidProtocolBufferException {
		MutableSpan span = span();
		span.tag("long", "x".repeat(300));
		byte[] encoded = this.encoder.encode(span);
		ExportTraceServiceRequest request = ExportTraceServiceRequest
			.parseFrom(this.encoder.message(Collections.nCopies(count, encoded)));
		ResourceSpans spans = request.getResourceSpans(0);
		assertThat(request.getResourceSpansCount()).isEqualTo(1);
		Map<String, AnyValue> resource = attributes(spans.getResource().getAttributesList());
		assertThat(resource.get("service.name").getStringValue()).isEqualTo("orders");
		assertThat(resource.get("service.version").getStringValue()).isEqualTo("1.2");
		assertThat(spans.getScopeSpans(0).getScope().getName()).isEqualTo("io.governance.tracing");
		assertThat(spans.getScopeSpans(0).getSpansList()).hasSize(count);
	}

	@Test
	void aSpanWithIdsThatAreNoneIsRefused() {
		MutableSpan span = new MutableSpan();
		span.traceId("8448eb211c80319c");
		span.name("no id");
		assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> this.encoder.encode(span));
	}

	private Span written(MutableSpan span) {
		try {
			return ExportTraceServiceRequest.parseFrom(this.encoder.message(List.of(this.encoder.encode(span))))
				.getResourceSpans(0)
				.getScopeSpans(0)
				.getSpans(0);
		}
		catch (InvalidProtocolBufferException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static Map<String, AnyValue> attributes(List<KeyValue> attributes) {
		return attributes.stream().collect(Collectors.toMap(KeyValue::getKey, KeyValue::getValue));
	}

	private static String hex(byte[] bytes) {
		return HexFormat.of().formatHex(bytes);
	}

	private static MutableSpan span() {
		MutableSpan span = new MutableSpan();
		span.traceId("0af7651916cd43dd8448eb211c80319c");
		span.id("b7ad6b7169203331");
		span.name("get /orders");
		span.startTimestamp(START);
		span.finishTimestamp(START + 2500);
		return span;
	}

}
