// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.propagation;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The rules of the {@code tracestate} header, W3C Trace Context, level 1, section 3.3. A
 * malformed one is dropped, and the trace goes on.
 */
final class TraceStateCases {

	private static final String KEY = "abcdefghijklmnopqrstuvwxyz0123456789_-*/";

	private TraceStateCases() {
	}

	static Stream<TraceCase> all() {
		return Stream.of(withItsTrace(), lists(), allowed(), refused(), shortened()).flatMap(List::stream);
	}

	private static List<TraceCase> withItsTrace() {
		return List.of(
				state("is passed on unchanged", "vendor=0:a;b,tenant@vendor=c")
					.traceState("vendor=0:a;b,tenant@vendor=c"),
				TraceCase.of("tracestate: without traceparent it is ignored").with("tracestate", "foo=1"),
				TraceCase.of("tracestate: with a malformed traceparent it is ignored")
					.with("traceparent", "00-" + TraceCase.TRACE_ID + "-" + TraceCase.SPAN_ID + "-1")
					.with("tracestate", "foo=1"),
				TraceCase.of("tracestate: with B3 it is ignored")
					.with("b3", TraceCase.TRACE_ID + "-" + TraceCase.SPAN_ID + "-1")
					.with("tracestate", "foo=1")
					.joins(),
				TraceCase.of("tracestate: of a later version it is passed on")
					.with("traceparent", "cc" + TraceCase.PARENT.substring(2) + "-more")
					.with("tracestate", "foo=1")
					.joins()
					.traceState("foo=1"));
	}

	private static List<TraceCase> lists() {
		return List.of(
				state("several headers are one list, in their order", "foo=1,bar=2", "rojo=1", "congo=2,baz=3")
					.traceState("foo=1,bar=2,rojo=1,congo=2,baz=3"),
				state("no header"), state("an empty header", ""), state("whitespace only", " \t ", ","),
				state("an empty header after others", "foo=1", "").traceState("foo=1"),
				state("an empty header before others", "", "foo=1").traceState("foo=1"),
				state("empty members are skipped", ",foo=1, ,\t,bar=2,").traceState("foo=1,bar=2"),
				state("empty members do not count", ",".repeat(40) + "foo=1").traceState("foo=1"),
				state("whitespace around members", " foo=1 \t ,\t bar=2 ").traceState("foo=1,bar=2"),
				state("whitespace within a value stays", "foo=a b,bar= c").traceState("foo=a b,bar= c"),
				state("32 members", members(1, 10), members(11, 32)).traceState(members(1, 32)),
				state("33 members: dropped", members(1, 33)),
				state("33 members in several headers: dropped", members(1, 32), "foo=1"),
				state("a key twice: dropped", "foo=1,bar=2,foo=3"), state("a member twice: dropped", "foo=1,foo=1"),
				state("a key in two headers: dropped", "foo=1", "foo=1"));
	}

	private static List<TraceCase> allowed() {
		String value = IntStream.rangeClosed(' ', '~')
			.filter((character) -> character != ',' && character != '=')
			.collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
			.toString();
		List<TraceCase> cases = new ArrayList<>();
		for (String member : List.of("a=1", KEY + "=" + value, "0" + KEY + "@" + KEY.substring(0, 14) + "=1",
				"z".repeat(256) + "=1", "t".repeat(241) + "@" + "v".repeat(14) + "=1", "foo=" + "v".repeat(256))) {
			cases.add(state("allowed: " + member, member).traceState(member));
		}
		return cases;
	}

	private static List<TraceCase> refused() {
		List<TraceCase> cases = new ArrayList<>();
		for (String member : List.of("foo", "=1", "foo=", "foo= ", "foo=a=b", "foo =1", "Foo=1", "FOO=1", "1foo=1",
				"_foo=1", "foo.bar=1", "foo\"=1", "@foo=1", "foo@=1", "foo@1bar=1", "_foo@bar=1", "foo@@bar=1",
				"foo@bar@baz=1", "foo=a\tb", "z".repeat(257) + "=1", "t".repeat(242) + "@v=1",
				"t@" + "v".repeat(15) + "=1", "foo=" + "v".repeat(257))) {
			cases.add(state("dropped with all others: " + member, "good=1", member + ",better=2"));
		}
		return cases;
	}

	private static List<TraceCase> shortened() {
		String m100 = "=" + "v".repeat(98);
		String all = "a" + m100 + ",b" + m100 + ",c" + m100 + ",d" + m100 + ",e" + m100;
		String large = "x=" + "v".repeat(140);
		return List.of(state("512 characters are passed on", all + ",f=12345").traceState(all + ",f=12345"),
				state("beyond, members at the end go", all + ",f=123456").traceState(all),
				state("beyond, members over 128 characters go first", large + "," + all).traceState(all),
				state("no more than needed goes",
						large + ",y=" + "v".repeat(140) + ",b" + m100 + ",c" + m100 + ",d" + m100)
					.traceState(large + ",b" + m100 + ",c" + m100 + ",d" + m100));
	}

	private static TraceCase state(String rule, String... lines) {
		return TraceCase.of("tracestate: " + rule)
			.with("traceparent", TraceCase.PARENT)
			.with("tracestate", lines)
			.joins()
			.flags("01");
	}

	private static String members(int from, int to) {
		return String.join(",",
				IntStream.rangeClosed(from, to).mapToObj((number) -> "k%1$02d=%1$02d".formatted(number)).toList());
	}

}
