// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.UUID;

import brave.Span.Kind;
import brave.handler.MutableSpan;
import org.springframework.boot.test.system.CapturedOutput;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What must hold for a call from outside to {@code front} which calls {@code back},
 * whatever the server and the client. The back answers what it saw.
 */
final class TwoHopAssertions {

	private static final String CALLER_SPAN_ID = "b7ad6b7169203331";

	private final TracedApplication front;

	private final TracedApplication back;

	TwoHopAssertions(TracedApplication front, TracedApplication back) {
		this.front = front;
		this.back = back;
	}

	void traceAndBaggageCross(String path, CapturedOutput output) throws IOException, InterruptedException {
		String traceId = UUID.randomUUID().toString().replace("-", "");
		HttpResponse<String> response = this.front.get(path, "traceparent",
				"00-" + traceId + "-" + CALLER_SPAN_ID + "-01", "baggage", "user=42,lane=b%20lue,x-other=1", "user",
				"42");
		JsonNode seen = JsonMapper.shared().readTree(response.body());
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.headers().allValues("X-Trace-Id")).containsExactly(traceId);
		assertThat(text(seen, "baggage")).isEqualTo("lane=b%20lue");
		assertThat(text(seen, "headers")).doesNotContain("user", "x-other", "lane");
		assertThat(text(seen, "label")).isEqualTo("b lue");
		assertThat(text(seen, "mdc")).isEqualTo("b lue");
		spansAreLinked(traceId, seen);
		logLinesNameTheTrace(traceId, output);
	}

	void aTraceBeginsHereForACallerWithoutOne(String path) throws IOException, InterruptedException {
		HttpResponse<String> response = this.front.get(path, "baggage", "lane=blue");
		JsonNode seen = JsonMapper.shared().readTree(response.body());
		String traceId = response.headers().firstValue("x-trace-id").orElseThrow();
		assertThat(traceId).matches("[0-9a-f]{32}");
		assertThat(text(seen, "traceparent")).matches("00-" + traceId + "-[0-9a-f]{16}-01");
		assertThat(text(seen, "baggage")).isEqualTo("lane=blue");
		assertThat(text(seen, "b3")).isEmpty();
		assertThat(this.front.span(traceId, Kind.SERVER).parentId()).isNull();
	}

	private void spansAreLinked(String traceId, JsonNode seen) {
		MutableSpan frontServer = this.front.span(traceId, Kind.SERVER);
		MutableSpan frontClient = this.front.span(traceId, Kind.CLIENT);
		MutableSpan backServer = this.back.span(traceId, Kind.SERVER);
		assertThat(frontServer.parentId()).isEqualTo(CALLER_SPAN_ID);
		assertThat(frontClient.parentId()).isEqualTo(frontServer.id());
		assertThat(text(seen, "traceparent")).isEqualTo("00-" + traceId + "-" + frontClient.id() + "-01");
		assertThat(backServer.parentId()).isEqualTo(frontClient.id());
		assertThat(text(seen, "span")).isEqualTo(backServer.id());
	}

	private void logLinesNameTheTrace(String traceId, CapturedOutput output) {
		String frontServer = this.front.span(traceId, Kind.SERVER).id();
		String backServer = this.back.span(traceId, Kind.SERVER).id();
		assertThat(output.toString().lines())
			.anyMatch((line) -> line.contains("[" + traceId + "-" + frontServer + "]") && line.contains("front works"))
			.anyMatch((line) -> line.contains("[" + traceId + "-" + backServer + "]") && line.contains("back works"));
	}

	private static String text(JsonNode seen, String name) {
		return seen.path(name).asString("");
	}

}
