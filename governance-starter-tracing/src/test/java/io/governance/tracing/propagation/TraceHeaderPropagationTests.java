// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.propagation;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import brave.propagation.Propagation;
import brave.propagation.TraceContext;
import brave.propagation.TraceContextOrSamplingFlags;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

class TraceHeaderPropagationTests {

	private static final List<Map.Entry<String, String>> RECEIVED = List.of(Map.entry("traceparent", TraceCase.PARENT),
			Map.entry("tracestate", "foo=1"));

	private static final List<TraceFormat> ALL = List.of(TraceFormat.values());

	@ParameterizedTest
	@MethodSource({ "io.governance.tracing.propagation.B3Cases#precedence",
			"io.governance.tracing.propagation.BaggageCases#all" })
	void formatsGoTogether(TraceCase rule) {
		try (CodecHop hop = CodecHop.standard()) {
			rule.holdsFor(hop.pass(rule.headers()));
		}
	}

	@Test
	void writesWhatIsToBeProduced() {
		assertThat(sent(List.of(TraceFormat.W3C))).containsOnlyKeys("traceparent", "tracestate");
		assertThat(sent(List.of(TraceFormat.B3))).containsOnlyKeys("b3");
		assertThat(sent(List.of(TraceFormat.B3)).get("b3").get(0))
			.matches(TraceCase.TRACE_ID + "-[0-9a-f]{16}-1-[0-9a-f]{16}");
		Map<String, List<String>> multi = sent(List.of(TraceFormat.B3_MULTI));
		assertThat(multi).containsOnlyKeys("X-B3-TraceId", "X-B3-SpanId", "X-B3-ParentSpanId", "X-B3-Sampled")
			.containsEntry("X-B3-TraceId", List.of(TraceCase.TRACE_ID))
			.containsEntry("X-B3-Sampled", List.of("1"));
		assertThat(sent(ALL)).containsKeys("traceparent", "tracestate", "b3", "X-B3-TraceId");
		assertThat(sent(List.of())).isEmpty();
	}

	@Test
	void writesADenialAndDebugInEveryFormat() {
		try (CodecHop hop = new CodecHop(ALL, ALL)) {
			Map<String, List<String>> denied = hop.pass(List.of(Map.entry("b3", "0")));
			assertThat(denied.get("traceparent").get(0)).endsWith("-00");
			assertThat(denied.get("b3").get(0)).contains("-0-");
			assertThat(denied).containsEntry("X-B3-Sampled", List.of("0"));
			Map<String, List<String>> debug = hop.pass(List.of(Map.entry("b3", "d")));
			assertThat(debug.get("traceparent").get(0)).endsWith("-01");
			assertThat(debug.get("b3").get(0)).contains("-d-");
			assertThat(debug).containsEntry("X-B3-Flags", List.of("1")).doesNotContainKey("X-B3-Sampled");
		}
	}

	@Test
	void readsOnlyWhatIsToBeConsumedInThatOrder() {
		List<Map.Entry<String, String>> both = List.of(RECEIVED.get(0),
				Map.entry("b3", "1".repeat(32) + "-" + TraceCase.SPAN_ID + "-1"));
		assertThat(traceId(List.of(TraceFormat.B3), both)).isEqualTo("1".repeat(32));
		assertThat(traceId(List.of(TraceFormat.B3, TraceFormat.W3C), both)).isEqualTo("1".repeat(32));
		assertThat(traceId(List.of(TraceFormat.W3C), both)).isEqualTo(TraceCase.TRACE_ID);
		assertThat(traceId(List.of(TraceFormat.B3_MULTI), both)).isNotEqualTo(TraceCase.TRACE_ID)
			.isNotEqualTo("1".repeat(32));
		assertThat(traceId(List.of(), both)).isNotEqualTo(TraceCase.TRACE_ID);
	}

	@Test
	void theIdOfASpanAloneIsNoB3() {
		List<Map.Entry<String, String>> headers = List.of(Map.entry("X-B3-SpanId", TraceCase.SPAN_ID), RECEIVED.get(0));
		assertThat(traceId(List.of(TraceFormat.B3_MULTI, TraceFormat.W3C), headers)).isEqualTo(TraceCase.TRACE_ID);
	}

	@Test
	void namesEveryHeaderSoThatAGatewayRemovesTheCallersOwn() {
		try (CodecHop hop = CodecHop.standard()) {
			assertThat(hop.fields()).containsExactly("traceparent", "tracestate", "b3", "X-B3-TraceId", "X-B3-SpanId",
					"X-B3-ParentSpanId", "X-B3-Sampled", "X-B3-Flags", "baggage");
		}
	}

	@Test
	void spansAreJoinedInB3Only() {
		assertThat(propagation(List.of(TraceFormat.B3), List.of(TraceFormat.B3_MULTI)).supportsJoin()).isTrue();
		assertThat(propagation(List.of(TraceFormat.B3), ALL).supportsJoin()).isFalse();
		assertThat(propagation(List.of(TraceFormat.B3), ALL).requires128BitTraceId()).isFalse();
		assertThat(propagation(ALL, ALL).requires128BitTraceId()).isTrue();
	}

	@Test
	void instrumentationWrittenForBraveIsServedToo() {
		Propagation<String> propagation = propagation(ALL, ALL).get();
		Map<String, String> headers = Map.of("traceparent", TraceCase.PARENT, "tracestate", "foo=1");
		TraceContextOrSamplingFlags extracted = propagation.<Map<String, String>>extractor(Map::get).extract(headers);
		TraceContext context = extracted.context();
		assertThat(context.traceIdString()).isEqualTo(TraceCase.TRACE_ID);
		Map<String, String> sent = new HashMap<>();
		propagation.<Map<String, String>>injector(Map::put).inject(context, sent);
		assertThat(sent).containsEntry("traceparent", TraceCase.PARENT).containsEntry("tracestate", "foo=1");
	}

	@Test
	void customizersAreAskedInTurnWithTheRequestAtHand() {
		ExtractionCustomizer denial = (extracted, request) -> (request.first("x-quiet") != null)
				? extracted.sampled(false) : extracted;
		ExtractionCustomizer check = (extracted, request) -> {
			assertThat(request.all("traceparent")).containsExactly(TraceCase.PARENT);
			assertThat(request.carrier()).isInstanceOf(Map.class);
			return extracted;
		};
		TraceHeaderPropagation propagation = new TraceHeaderPropagation(ALL, ALL, 512,
				new ExtractionCustomizers(() -> List.of(denial, check)));
		Map<String, String> headers = Map.of("traceparent", TraceCase.PARENT, "x-quiet", "1");
		assertThat(propagation.<Map<String, String>>extractor(Map::get).extract(headers).sampled()).isFalse();
	}

	@Test
	void aTraceIdThatTheTracerCannotHoldStartsANewTrace() {
		String half = "a3ce929d0e0e4736" + "0".repeat(16);
		assertThat(traceId(ALL, List.of(Map.entry("traceparent", "00-" + half + "-" + TraceCase.SPAN_ID + "-01"))))
			.isNotEqualTo(half);
		assertThat(traceId(ALL, List.of(Map.entry("b3", half + "-" + TraceCase.SPAN_ID + "-1")))).isNotEqualTo(half);
		assertThat(traceId(ALL, List.of(Map.entry("X-B3-TraceId", half), Map.entry("X-B3-SpanId", TraceCase.SPAN_ID))))
			.isNotEqualTo(half);
	}

	@Test
	void nothingThatIsSentEverFails() {
		Random random = new Random(20260101);
		String alphabet = "0af-,=@d \t;%\u00fc\u0000Z_";
		try (CodecHop hop = CodecHop.standard()) {
			for (int round = 0; round < 5_000; round++) {
				String name = hop.fields().get(random.nextInt(hop.fields().size()));
				StringBuilder value = new StringBuilder(random.nextBoolean() ? TraceCase.PARENT : "");
				for (int length = random.nextInt(60); length > 0; length--) {
					value.insert(random.nextInt(value.length() + 1),
							alphabet.charAt(random.nextInt(alphabet.length())));
				}
				List<Map.Entry<String, String>> headers = List.of(Map.entry(name, value.toString()), RECEIVED.get(1),
						Map.entry(TraceParent.NAME, round % 3 == 0 ? TraceCase.PARENT : value.toString()));
				assertThatNoException().as(headers.toString()).isThrownBy(() -> hop.pass(headers));
			}
		}
	}

	private static Map<String, List<String>> sent(List<TraceFormat> produce) {
		try (CodecHop hop = new CodecHop(produce, ALL)) {
			return hop.pass(RECEIVED);
		}
	}

	private static String traceId(List<TraceFormat> consume, List<Map.Entry<String, String>> headers) {
		try (CodecHop hop = new CodecHop(List.of(TraceFormat.W3C), consume)) {
			return hop.pass(headers).get("traceparent").get(0).substring(3, 35);
		}
	}

	private static TraceHeaderPropagation propagation(List<TraceFormat> produce, List<TraceFormat> consume) {
		return new TraceHeaderPropagation(produce, consume, 512, ExtractionCustomizers.none());
	}

}
