// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.export;

import brave.Span.Kind;
import brave.handler.MutableSpan;
import brave.handler.SpanHandler.Cause;
import brave.propagation.TraceContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class ServerErrorMarkerTests {

	private static final TraceContext CONTEXT = TraceContext.newBuilder().traceId(1).spanId(2).sampled(true).build();

	private final ServerErrorMarker marker = new ServerErrorMarker();

	@ParameterizedTest
	@CsvSource({ "SERVER, status, 500, 500", "CLIENT, status, 503, 503", "CLIENT, http.status_code, 504, 504",
			"SERVER, status, 404,", "CLIENT, status, 200,", "CLIENT, status, 5xx-like,", "CONSUMER, status, 500,",
			"CLIENT, other, 500," })
	void marksWhatWasAnswered5xx(Kind kind, String tag, String value, String error) {
		MutableSpan span = new MutableSpan();
		span.kind(kind);
		span.tag(tag, value);
		assertThat(this.marker.end(CONTEXT, span, Cause.FINISHED)).isTrue();
		assertThat(span.tag("error")).isEqualTo(error);
	}

	@Test
	void leavesWhatIsMarkedAlready() {
		MutableSpan span = new MutableSpan();
		span.kind(Kind.CLIENT);
		span.tag("status", "500");
		span.error(new IllegalStateException("gone"));
		this.marker.end(CONTEXT, span, Cause.FINISHED);
		assertThat(span.tag("error")).isNull();
	}

}
