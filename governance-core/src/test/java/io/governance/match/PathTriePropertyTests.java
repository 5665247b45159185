// SPDX-License-Identifier: Apache-2.0

package io.governance.match;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

import static org.assertj.core.api.Assertions.assertThat;

class PathTriePropertyTests {

	@Property
	void findsWhatANaiveMatcherFinds(@ForAll @Size(max = 40) List<@From("patterns") String> patterns,
			@ForAll("paths") String path) {
		PathTrie.Builder builder = PathTrie.builder();
		for (int i = 0; i < patterns.size(); i++) {
			builder.add(PathPattern.parse(patterns.get(i)), i);
		}
		int[] expected = IntStream.range(0, patterns.size()).filter((i) -> matches(patterns.get(i), path)).toArray();
		assertThat(builder.build().find(path)).containsExactly(expected);
	}

	@Property
	void narrowerPatternNeverComesAfterAWiderOne(@ForAll @Size(2) List<@From("patterns") String> patterns,
			@ForAll @Size(20) List<@From("paths") String> paths) {
		PathPattern one = PathPattern.parse(patterns.get(0));
		PathPattern other = PathPattern.parse(patterns.get(1));
		if (covers(patterns.get(0), patterns.get(1)) && !covers(patterns.get(1), patterns.get(0))) {
			assertThat(other).isLessThan(one);
			// a wildcard at the end takes an empty segment too, which no other variable
			// does
			assertThat(paths).filteredOn((path) -> !path.endsWith("/") && !path.contains("/;"))
				.filteredOn((path) -> matches(patterns.get(1), path))
				.allMatch((path) -> matches(patterns.get(0), path));
		}
		assertThat(Integer.signum(one.compareTo(other))).isEqualTo(-Integer.signum(other.compareTo(one)));
	}

	@Provide
	Arbitrary<String> patterns() {
		Arbitrary<String> segment = Arbitraries.of("a", "b", "cd", "a b", "*", "{x}", "{y}");
		return Combinators.combine(segment.list().ofMaxSize(4), Arbitraries.of("", "/", "/**"))
			.as((segments, end) -> segments.isEmpty() ? (end.isEmpty() ? "/" : end)
					: "/" + String.join("/", segments) + end);
	}

	@Provide
	Arbitrary<String> paths() {
		Arbitrary<String> segment = Arbitraries.of("a", "b", "cd", "e", "", "%61", "a%20b", "a+b", "%", "%6", "%2F");
		Arbitrary<String> parameters = Arbitraries.of("", "", "", ";v=1", ";", ";%");
		Arbitrary<String> full = Combinators.combine(segment, parameters).as(String::concat);
		return full.list().ofMaxSize(6).map((segments) -> "/" + String.join("/", segments));
	}

	private static boolean matches(String pattern, String path) {
		List<String> wanted = split(pattern);
		boolean open = wanted.get(wanted.size() - 1).equals("**");
		List<String> fixed = open ? wanted.subList(0, wanted.size() - 1) : wanted;
		List<String> given = split(path);
		if (open ? given.size() < fixed.size() : given.size() != fixed.size()) {
			return false;
		}
		boolean emptyEnd = !open && fixed.get(fixed.size() - 1).equals("*")
				&& given.get(given.size() - 1).split(";", 2)[0].isEmpty();
		return IntStream.range(0, fixed.size() - (emptyEnd ? 1 : 0))
			.allMatch((i) -> segmentMatches(fixed.get(i), given.get(i)));
	}

	private static boolean segmentMatches(String wanted, String given) {
		String name = given.split(";", 2)[0];
		if (wanted.equals("*") || wanted.startsWith("{")) {
			return !name.isEmpty();
		}
		try {
			return wanted.equals(URLDecoder.decode(name.replace("+", "%2B"), StandardCharsets.UTF_8));
		}
		catch (IllegalArgumentException ex) {
			return false;
		}
	}

	/**
	 * Whether one pattern matches all that the other does, as far as segments tell.
	 */
	private static boolean covers(String wide, String narrow) {
		List<String> wider = split(wide);
		List<String> narrower = split(narrow);
		boolean open = wider.get(wider.size() - 1).equals("**");
		int fixed = wider.size() - (open ? 1 : 0);
		boolean narrowOpen = narrower.get(narrower.size() - 1).equals("**");
		int narrowFixed = narrower.size() - (narrowOpen ? 1 : 0);
		if (open ? narrowFixed < fixed : (narrowOpen || narrowFixed != fixed)) {
			return false;
		}
		return IntStream.range(0, fixed).allMatch((i) -> coversSegment(wider.get(i), narrower.get(i)));
	}

	private static boolean coversSegment(String wide, String narrow) {
		boolean variable = wide.equals("*") || wide.startsWith("{");
		return variable ? !narrow.isEmpty() : wide.equals(narrow);
	}

	private static List<String> split(String path) {
		return new ArrayList<>(Arrays.asList(path.substring(1).split("/", -1)));
	}

}
