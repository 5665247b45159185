// SPDX-License-Identifier: Apache-2.0

package io.governance.demo.storefront.tracecontext;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What the suite of W3C Trace Context asks, as a list of requests.
 */
final class SuiteCases {

	private static final String ID = SuiteCase.TRACE_ID;

	private static final String PARENT = SuiteCase.PARENT;

	private static final String KEY = "abcdefghijklmnopqrstuvwxyz0123456789_-*/";

	private SuiteCases() {
	}

	static Stream<SuiteCase> all() {
		return Stream
			.of(traceParentAsAWhole(), traceParentFields(), traceStateTogether(), traceStateKept(), traceStateDropped())
			.flatMap(List::stream);
	}

	private static List<SuiteCase> traceParentAsAWhole() {
		return List.of(SuiteCase.request("no header: a trace begins"), joins("a trace goes on", PARENT + "-01"),
				parent("twice: a trace begins", "00-12345678901234567890123456789011-1234567890123456-01")
					.with("traceparent", PARENT + "-01"),
				SuiteCase.request("other name: trace-parent").with("trace-parent", PARENT + "-01"),
				SuiteCase.request("other name: trace.parent").with("trace.parent", PARENT + "-01"),
				SuiteCase.request("name in capitals at word starts").with("TraceParent", PARENT + "-01").joins(),
				SuiteCase.request("name in mixed case").with("TrAcEpArEnT", PARENT + "-01").joins(),
				SuiteCase.request("name in capitals").with("TRACEPARENT", PARENT + "-01").joins(),
				joins("space before", " " + PARENT + "-01"), joins("tab before", "\t" + PARENT + "-01"),
				joins("space after", PARENT + "-01 "), joins("tab after", PARENT + "-01\t"),
				joins("whitespace around", "\t " + PARENT + "-01 \t"));
	}

	private static List<SuiteCase> traceParentFields() {
		List<SuiteCase> cases = new ArrayList<>();
		cases.add(parent("version 00: a character more", PARENT + "-01."));
		cases.add(parent("version 00: a field more", PARENT + "-01-what-the-future-brings"));
		cases.add(joins("later version", "cc-" + ID + "-1234567890123456-01"));
		cases.add(joins("later version: a field more", "cc-" + ID + "-1234567890123456-01-what-the-future-brings"));
		cases.add(parent("later version: more without a dash", "cc-" + ID + "-1234567890123456-01.what"));
		cases.add(parent("version ff", "ff-" + ID + "-1234567890123456-01"));
		for (String version : List.of(".0", "0.", "000", "0000", "0")) {
			cases.add(parent("version " + version, version + "-" + ID + "-1234567890123456-01"));
		}
		for (String id : List.of("00000000000000000000000000000000", ".2345678901234567890123456789012",
				"1234567890123456789012345678901.", "123456789012345678901234567890123",
				"1234567890123456789012345678901")) {
			cases.add(parent("trace id " + id, "00-" + id + "-1234567890123456-01"));
		}
		for (String id : List.of("0000000000000000", ".234567890123456", "123456789012345.", "12345678901234567",
				"123456789012345")) {
			cases.add(parent("parent id " + id, "00-" + ID + "-" + id + "-01"));
		}
		for (String flags : List.of(".0", "0.", "001", "1")) {
			cases.add(parent("flags " + flags, PARENT + "-" + flags));
		}
		return cases;
	}

	private static List<SuiteCase> traceStateTogether() {
		return List.of(SuiteCase.request("tracestate alone is dropped").with("tracestate", "foo=1"),
				SuiteCase.request("tracestate with a broken traceparent is dropped")
					.with("traceparent", "00-" + ID + "-0000000000000000-01")
					.with("tracestate", "foo=1"),
				SuiteCase.state("goes with its trace", "foo=1,bar=2").passesOn("foo=1,bar=2"),
				SuiteCase.state("empty header"), SuiteCase.state("empty header", ""),
				SuiteCase.state("empty header after", "foo=1", "").passesOn("foo=1"),
				SuiteCase.state("empty header before", "", "foo=1").passesOn("foo=1"),
				SuiteCase.state("several headers", "foo=1,bar=2", "rojo=1,congo=2", "baz=3")
					.passesOn("foo=1,bar=2,rojo=1,congo=2,baz=3"),
				SuiteCase.state("other name").with("trace-state", "foo=1"),
				SuiteCase.state("other name").with("trace.state", "foo=1"),
				SuiteCase.state("capitals at word starts").with("TraceState", "foo=1").passesOn("foo=1"),
				SuiteCase.state("mixed case").with("TrAcEsTaTe", "foo=1").passesOn("foo=1"),
				SuiteCase.state("capitals").with("TRACESTATE", "foo=1").passesOn("foo=1"));
	}

	private static List<SuiteCase> traceStateKept() {
		String value = IntStream.rangeClosed(' ', '~')
			.filter((character) -> character != ',' && character != '=')
			.collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
			.toString();
		List<SuiteCase> cases = new ArrayList<>();
		for (String member : List.of(KEY + "=" + value, KEY + "@a-z0-9_-*/=" + value, "foo=1," + "z".repeat(256) + "=1",
				"foo=1," + "t".repeat(241) + "@" + "v".repeat(14) + "=1")) {
			cases.add(SuiteCase.state("allowed: " + member, member).passesOn(member));
		}
		for (String line : List.of("foo=1 \t , \t bar=2, \t baz=3", "foo=1\t \t,\t \tbar=2,\t \tbaz=3")) {
			cases.add(SuiteCase.state("whitespace between", line).passesOn("foo=1,bar=2,baz=3"));
		}
		for (String line : List.of(" foo=1", "\tfoo=1", "foo=1 ", "foo=1\t", "\t foo=1 \t")) {
			cases.add(SuiteCase.state("whitespace around", line).passesOn("foo=1"));
		}
		cases.add(SuiteCase.state("32 members", members(1, 10), members(11, 20), members(21, 32))
			.passesOn(members(1, 32)));
		return cases;
	}

	private static List<SuiteCase> traceStateDropped() {
		List<SuiteCase> cases = new ArrayList<>();
		for (String line : List.of("foo=1,foo=1", "foo=1,foo=2", "foo =1", "FOO=1", "foo.bar=1", "foo@=1,bar=2",
				"@foo=1,bar=2", "foo@@bar=1,bar=2", "foo@bar@baz=1,bar=2", "foo=bar=baz", "foo=,bar=3",
				"foo=1," + "z".repeat(257) + "=1", "foo=1," + "t".repeat(242) + "@v=1",
				"foo=1,t@" + "v".repeat(15) + "=1")) {
			cases.add(SuiteCase.state("refused: " + line, line));
		}
		cases.add(SuiteCase.state("a key in two headers", "foo=1", "foo=1"));
		cases.add(SuiteCase.state("a key in two headers with two values", "foo=1", "foo=2"));
		cases.add(SuiteCase.state("33 members", members(1, 10), members(11, 20), members(21, 33)));
		return cases;
	}

	private static SuiteCase parent(String rule, String value) {
		return SuiteCase.request(rule).with("traceparent", value);
	}

	private static SuiteCase joins(String rule, String value) {
		return parent(rule, value).joins();
	}

	private static String members(int from, int to) {
		return String.join(",",
				IntStream.rangeClosed(from, to).mapToObj((number) -> "bar%1$02d=%1$02d".formatted(number)).toList());
	}

}
