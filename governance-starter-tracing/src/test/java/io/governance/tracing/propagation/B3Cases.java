// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.propagation;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The rules of B3, with one header and with one header per field. What is malformed
 * starts a new trace.
 */
final class B3Cases {

	private static final String ID = TraceCase.TRACE_ID;

	private static final String SPAN = TraceCase.SPAN_ID;

	private static final String SHORT = "8448eb211c80319c";

	private B3Cases() {
	}

	static Stream<TraceCase> single() {
		String ids = ID + "-" + SPAN;
		List<TraceCase> cases = new ArrayList<>();
		cases.add(one("sampled", ids + "-1").joins().flags("01"));
		cases.add(one("with the parent's span", ids + "-1-" + SHORT).joins().flags("01"));
		cases.add(one("not sampled", ids + "-0").joins().flags("00"));
		cases.add(one("debug", ids + "-d").joins().flags("01"));
		cases.add(one("without a decision: ours", ids).joins().flags("01"));
		cases.add(one("trace id of 64 bits", SHORT + "-" + SPAN + "-1").joins("0".repeat(16) + SHORT).flags("01"));
		cases.add(one("whitespace around", " " + ids + "-1\t").joins());
		cases.add(one("only a denial: a new trace, not sampled", "0").flags("00"));
		cases.add(one("only a consent: a new trace, sampled", "1").flags("01"));
		cases.add(one("only debug: a new trace, sampled", "d").flags("01"));
		cases.add(TraceCase.of("b3: name in capitals").with("B3", ids + "-1").joins());
		cases.add(TraceCase.of("b3: sent twice").with("b3", ids + "-1", ids + "-1"));
		for (String wrong : List.of("", "-", "2", "x", "true", ID, ID + "-", "-" + SPAN, ids + "-", ids + "-2",
				ids + "-1-", ids + "-1-1", ids + "-1-" + SHORT + "-1", ID + "0-" + SPAN, ID.substring(1) + "-" + SPAN,
				ID + "-" + SPAN.substring(1), ID + "-" + SPAN + "0", "0".repeat(32) + "-" + SPAN,
				ID + "-" + "0".repeat(16), ids.toUpperCase(Locale.ROOT), "g" + ids.substring(1), ids.replace('-', '_'),
				ids + "," + ids, ids.repeat(100))) {
			cases.add(one("malformed: " + wrong, wrong));
		}
		return cases.stream();
	}

	static Stream<TraceCase> multi() {
		List<TraceCase> cases = new ArrayList<>();
		cases.add(fields("sampled", ID, SPAN).with("X-B3-Sampled", "1").joins().flags("01"));
		cases.add(fields("sampled, as old callers say it", ID, SPAN).with("X-B3-Sampled", "true").joins().flags("01"));
		cases.add(fields("not sampled", ID, SPAN).with("X-B3-Sampled", "0").joins().flags("00"));
		cases.add(fields("not sampled, as old callers say it", ID, SPAN).with("X-B3-Sampled", "false")
			.joins()
			.flags("00"));
		cases.add(fields("debug", ID, SPAN).with("X-B3-Flags", "1").joins().flags("01"));
		cases.add(fields("flags that are not debug", ID, SPAN).with("X-B3-Flags", "0").joins());
		cases.add(fields("with the parent's span", ID, SPAN).with("X-B3-ParentSpanId", SHORT).joins());
		cases.add(fields("without a decision: ours", ID, SPAN).joins().flags("01"));
		cases.add(fields("trace id of 64 bits", SHORT, SPAN).joins("0".repeat(16) + SHORT));
		cases.add(TraceCase.of("X-B3: only a denial").with("X-B3-Sampled", "0").flags("00"));
		cases.add(TraceCase.of("X-B3: only debug").with("X-B3-Flags", "1").flags("01"));
		cases.add(TraceCase.of("X-B3: names in small letters")
			.with("x-b3-traceid", ID)
			.with("x-b3-spanid", SPAN)
			.joins());
		cases.add(TraceCase.of("X-B3: no span").with("X-B3-TraceId", ID));
		cases.add(TraceCase.of("X-B3: no trace").with("X-B3-SpanId", SPAN));
		cases.add(fields("a field twice", ID, SPAN).with("X-B3-SpanId", SPAN));
		cases.add(fields("sampling state malformed", ID, SPAN).with("X-B3-Sampled", "2"));
		cases.add(fields("sampling state malformed, with debug", ID, SPAN).with("X-B3-Sampled", "y")
			.with("X-B3-Flags", "1"));
		cases.add(fields("parent's span malformed", ID, SPAN).with("X-B3-ParentSpanId", "1"));
		for (String wrong : List.of("", "1", ID + "0", "0".repeat(32), "g" + ID.substring(1),
				ID.toUpperCase(Locale.ROOT))) {
			cases.add(fields("trace id " + wrong, wrong, SPAN));
		}
		for (String wrong : List.of("", "1", SPAN + "0", "0".repeat(16), "g" + SPAN.substring(1))) {
			cases.add(fields("span id " + wrong, ID, wrong));
		}
		return cases.stream();
	}

	static Stream<TraceCase> precedence() {
		String other = "1".repeat(32) + "-" + SPAN + "-1";
		return Stream.of(
				TraceCase.of("W3C comes before B3").with("traceparent", TraceCase.PARENT).with("b3", other).joins(),
				TraceCase.of("W3C comes before a denial")
					.with("traceparent", TraceCase.PARENT)
					.with("b3", "0")
					.joins()
					.flags("01"),
				TraceCase.of("a malformed traceparent is not healed by B3").with("traceparent", "x").with("b3", other),
				fields("the single header comes first", "2".repeat(32), SPAN).with("b3", other).joins("1".repeat(32)),
				fields("a malformed b3 is not healed by the others", ID, SPAN).with("b3", "x"),
				fields("X-B3 is read where nothing else is", ID, SPAN).joins());
	}

	private static TraceCase one(String rule, String value) {
		return TraceCase.of("b3: " + rule).with("b3", value);
	}

	private static TraceCase fields(String rule, String traceId, String spanId) {
		return TraceCase.of("X-B3: " + rule).with("X-B3-TraceId", traceId).with("X-B3-SpanId", spanId);
	}

}
