// SPDX-License-Identifier: Apache-2.0

package io.governance.match;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class PathPatternTests {

	@ParameterizedTest
	@ValueSource(strings = { "/", "/a", "/a/", "/a/b", "/*", "/{x}", "/a/{id}/b", "/**", "/a/**", "/*/**", "/a/*/",
			"/a.b", "/ä", "/a b" })
	void takesAndWritesPatterns(String pattern) {
		assertThat(PathPattern.fault(pattern)).isNull();
		assertThat(PathPattern.parse(pattern)).hasToString(pattern);
	}

	@ParameterizedTest(name = "{0}: {1}")
	@CsvSource(delimiter = '|', textBlock = """
			''            | a path pattern that starts with /
			a             | a path pattern that starts with /
			**            | a path pattern that starts with /
			/a?b          | a decoded path pattern without ?, ; and %
			/a;b          | a decoded path pattern without ?, ; and %
			/a%20b        | a decoded path pattern without ?, ; and %
			//            | a path pattern without empty segments
			/a//b         | a path pattern without empty segments
			/**/a         | ** only as the last segment
			/a/**/        | ** only as the last segment
			/a*           | *, {name} or a literal as a whole segment
			/*.html       | *, {name} or a literal as a whole segment
			/***          | *, {name} or a literal as a whole segment
			/{}           | *, {name} or a literal as a whole segment
			/{a           | *, {name} or a literal as a whole segment
			/a}           | *, {name} or a literal as a whole segment
			/{a}{b}       | *, {name} or a literal as a whole segment
			/x{a}         | *, {name} or a literal as a whole segment
			/{a:[0-9]+}   | *, {name} or a literal as a whole segment
			/{*rest}      | *, {name} or a literal as a whole segment
			/{a*}         | *, {name} or a literal as a whole segment
			""")
	void saysWhatIsWrong(String pattern, String expected) {
		assertThat(PathPattern.fault(pattern)).isEqualTo(expected);
		assertThatIllegalArgumentException().isThrownBy(() -> PathPattern.parse(pattern))
			.withMessage("path: " + pattern + " (expected: " + expected + ")");
	}

	@Test
	void withoutAPatternEveryPathIsMeant() {
		assertThat(PathPattern.parse(null)).isSameAs(PathPattern.ANY).isEqualTo(PathPattern.parse("/**"));
	}

	@Test
	void isEqualByWhatIsWritten() {
		assertThat(PathPattern.parse("/a/*")).isEqualTo(PathPattern.parse("/a/*"))
			.hasSameHashCodeAs(PathPattern.parse("/a/*"))
			.isNotEqualTo(PathPattern.parse("/a/**"))
			.isNotEqualTo(PathPattern.parse("/a"))
			.isNotEqualTo("/a/*");
		assertThat(PathPattern.parse("/a")).isNotEqualTo(PathPattern.parse("/a/**"));
	}

	@ParameterizedTest(name = "{0} before {1}")
	@CsvSource({ "/a/b, /a/*", "/a/b, /a/**", "/a/*, /a/**", "/a/b/**, /a/*", "/*, /**", "/a/**, /**", "/*/**, /**",
			"/{tenant}/**, /**", "/a/*/**, /a/**", "/a/*/*, /a/*/**", "/*/*/**, /*/**", "/, /**" })
	void moreSpecificPatternComesFirst(String first, String second) {
		assertThat(PathPattern.parse(first)).isLessThan(PathPattern.parse(second));
		assertThat(PathPattern.parse(second)).isGreaterThan(PathPattern.parse(first));
	}

	@Test
	void namesOfVariablesDoNotCount() {
		assertThat(PathPattern.parse("/a/{x}")).isEqualByComparingTo(PathPattern.parse("/a/*"));
	}

	@Test
	void patternThatMatchesLessNeverComesAfterOneThatMatchesMore() {
		List<String> narrowing = List.of("/**", "/*/**", "/*/*/**", "/*/*", "/a/**", "/a/*/**", "/a/*", "/a/b/**",
				"/a/b");
		List<PathPattern> patterns = new ArrayList<>(narrowing.stream().map(PathPattern::parse).toList());
		Collections.shuffle(patterns, new Random(7));
		Collections.sort(patterns);
		assertThat(patterns).map(PathPattern::toString)
			.containsExactly("/a/b", "/a/b/**", "/a/*", "/a/*/**", "/a/**", "/*/*", "/*/*/**", "/*/**", "/**");
	}

	@Test
	void orderIsTotal() {
		List<PathPattern> patterns = Stream.of("/", "/a", "/a/", "/a/*", "/*/a", "/**", "/a/**", "/*/**")
			.map(PathPattern::parse)
			.toList();
		for (PathPattern one : patterns) {
			for (PathPattern other : patterns) {
				assertThat(Integer.signum(one.compareTo(other))).isEqualTo(-Integer.signum(other.compareTo(one)));
			}
		}
	}

}
