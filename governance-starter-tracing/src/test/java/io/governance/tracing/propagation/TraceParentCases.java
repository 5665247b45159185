// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.propagation;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The rules of the {@code traceparent} header, W3C Trace Context, level 1, section 3.2.
 */
final class TraceParentCases {

	private static final String ID = TraceCase.TRACE_ID;

	private static final String SPAN = TraceCase.SPAN_ID;

	private TraceParentCases() {
	}

	static Stream<TraceCase> all() {
		return Stream.of(understood(), versions(), malformed(), wrongFields()).flatMap(List::stream);
	}

	private static List<TraceCase> understood() {
		String ids = "00-" + ID + "-" + SPAN;
		return List.of(parent("sampled: passed on as sampled", ids + "-01").joins().flags("01"),
				parent("not sampled: passed on as not sampled", ids + "-00").joins().flags("00"),
				parent("unknown flags are sent as zero", ids + "-ff").joins().flags("01"),
				parent("unknown flags without sampled", ids + "-fe").joins().flags("00"),
				parent("half of a trace id may be zero", "00-0000000000000000a3ce929d0e0e4736-" + SPAN + "-01")
					.joins("0000000000000000a3ce929d0e0e4736"),
				TraceCase.of("name in capitals").with("TRACEPARENT", TraceCase.PARENT).joins(),
				TraceCase.of("name in mixed case").with("TraceParent", TraceCase.PARENT).joins(),
				parent("whitespace around", " \t" + TraceCase.PARENT + "\t ").joins(),
				TraceCase.of("no header: a trace begins"),
				TraceCase.of("another name").with("trace-parent", TraceCase.PARENT));
	}

	private static List<TraceCase> versions() {
		String ids = "-" + ID + "-" + SPAN;
		return List.of(parent("version ff is invalid", "ff" + ids + "-01"),
				parent("version ff is invalid, whatever follows", "ff" + ids + "-01-more"),
				parent("version 00 ends after the flags", "00" + ids + "-01-more"),
				parent("version 00 ends after the flags, without a dash", "00" + ids + "-01."),
				parent("version 00 does not end with a dash", "00" + ids + "-01-"),
				parent("a later version is read as 00", "01" + ids + "-01").joins().flags("01"),
				parent("of a later version only sampled is read", "cc" + ids + "-02").joins().flags("00"),
				parent("a later version may go on after a dash", "cc" + ids + "-01-what=ever,1").joins().flags("01"),
				parent("a later version may end with a dash", "fe" + ids + "-00-").joins().flags("00"),
				parent("a later version does not go on without a dash", "cc" + ids + "-01.what"),
				parent("a later version does not go on with a digit", "cc" + ids + "-011"),
				parent("a later version is not shorter", "cc" + ids + "-0"),
				parent("a later version has no zero trace id", "cc-" + "0".repeat(32) + "-" + SPAN + "-01"));
	}

	private static List<TraceCase> malformed() {
		TraceCase twice = TraceCase.of("sent twice: a trace begins")
			.with("traceparent", TraceCase.PARENT, "00-" + "1".repeat(32) + "-" + SPAN + "-01");
		return List.of(twice, twice.with("tracestate", "foo=1"),
				TraceCase.of("sent twice, the same").with("traceparent", TraceCase.PARENT, TraceCase.PARENT),
				TraceCase.of("sent twice, once malformed").with("traceparent", TraceCase.PARENT, "x"),
				parent("two values in one header", TraceCase.PARENT + "," + TraceCase.PARENT), parent("empty", ""),
				parent("a word", "trace"), parent("only dashes", "-".repeat(55)),
				parent("very long", TraceCase.PARENT.repeat(60)),
				parent("no dashes", TraceCase.PARENT.replace('-', '0')),
				parent("other separators", TraceCase.PARENT.replace('-', '_')),
				parent("whitespace within", TraceCase.PARENT.replace('-', ' ')));
	}

	private static List<TraceCase> wrongFields() {
		List<TraceCase> cases = new ArrayList<>();
		for (String wrong : List.of("", "0", "000", "0x", ".0", "0.", "0A", "AB")) {
			cases.add(parent("version " + wrong, wrong + "-" + ID + "-" + SPAN + "-01"));
		}
		for (String wrong : List.of("0".repeat(32), ID + "0", ID.substring(1), "." + ID.substring(1),
				ID.substring(1) + "g", ID.toUpperCase(Locale.ROOT))) {
			cases.add(parent("trace id " + wrong, "00-" + wrong + "-" + SPAN + "-01"));
		}
		for (String wrong : List.of("0".repeat(16), SPAN + "0", SPAN.substring(1), "." + SPAN.substring(1),
				SPAN.substring(1) + "g", SPAN.toUpperCase(Locale.ROOT))) {
			cases.add(parent("parent id " + wrong, "00-" + ID + "-" + wrong + "-01"));
		}
		for (String wrong : List.of("", "1", "001", ".1", "1.", "0A")) {
			cases.add(parent("flags " + wrong, "00-" + ID + "-" + SPAN + "-" + wrong));
		}
		return cases;
	}

	private static TraceCase parent(String rule, String value) {
		return TraceCase.of("traceparent: " + rule).with("traceparent", value);
	}

}
