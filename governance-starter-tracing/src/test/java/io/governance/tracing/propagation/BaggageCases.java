// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.propagation;

import java.util.stream.Stream;

/**
 * The rules of the W3C {@code baggage} header that its codec alone does not show: several
 * lines, with and without a trace. The key {@code lane} travels.
 */
final class BaggageCases {

	private BaggageCases() {
	}

	static Stream<TraceCase> all() {
		return Stream.of(baggage("one line", "other=1,lane=blue").baggage("lane=blue"),
				baggage("several lines are one list", "other=1", "lane=blue").baggage("lane=blue"),
				baggage("the first of a key counts", "lane=blue", "lane=green").baggage("lane=blue"),
				baggage("empty lines", "", "lane=blue", "").baggage("lane=blue"),
				baggage("no key that travels", "other=1", "more=2"),
				baggage("the 64th member counts", "o=1,".repeat(63), "lane=blue").baggage("lane=blue"),
				baggage("the 65th member does not", "o=1,".repeat(64), "lane=blue"),
				TraceCase.of("baggage: goes with a new trace")
					.with("traceparent", "x")
					.with("baggage", "other=1", "lane=blue")
					.baggage("lane=blue"),
				TraceCase.of("baggage: goes with a denial")
					.with("b3", "0")
					.with("baggage", "lane=blue")
					.flags("00")
					.baggage("lane=blue"),
				baggage("goes with tracestate", "lane=blue").with("tracestate", "foo=1")
					.traceState("foo=1")
					.baggage("lane=blue"));
	}

	private static TraceCase baggage(String rule, String... lines) {
		return TraceCase.of("baggage: " + rule).with("traceparent", TraceCase.PARENT).with("baggage", lines).joins();
	}

}
