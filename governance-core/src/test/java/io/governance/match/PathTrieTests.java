// SPDX-License-Identifier: Apache-2.0

package io.governance.match;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class PathTrieTests {

	private static PathTrie trie(String... patterns) {
		PathTrie.Builder builder = PathTrie.builder();
		for (int i = 0; i < patterns.length; i++) {
			builder.add(PathPattern.parse(patterns[i]), i);
		}
		return builder.build();
	}

	@ParameterizedTest(name = "{0} on {1}: {2}")
	@CsvSource(delimiter = '|', textBlock = """
			/                | /                | true
			/                | ''               | true
			/                | /a               | false
			/a               | /a               | true
			/a               | a                | true
			/a               | /A               | false
			/a               | /a/              | false
			/a               | /a/b             | false
			/a               | /                | false
			/a               | ''               | false
			/a/              | /a/              | true
			/a/              | /a               | false
			/a/b             | /a/b             | true
			/a/b             | /a//b            | false
			/a/b             | //a/b            | false
			/a/*             | /a/b             | true
			/a/*             | /a/              | true
			/a/*             | /a               | false
			/a/*             | /a/b/            | false
			/a/*/c           | /a//c            | false
			/{x}             | /a               | true
			/{x}             | /                | false
			/*               | /                | true
			/*/{x}           | /a/              | false
			/a/{id}/c        | /a/7/c           | true
			/**              | ''               | true
			/**              | /                | true
			/**              | /a/b/c           | true
			/**              | //               | true
			/a/**            | /a               | true
			/a/**            | /a/              | true
			/a/**            | /a/b/c           | true
			/a/**            | /a//             | true
			/a/**            | /ab              | false
			/a/**            | /                | false
			/*/**            | /a               | true
			/*/**            | /                | false
			/*/**            | /a/b             | true
			""")
	void matchesWholeSegments(String pattern, String path, boolean expected) {
		assertThat(trie(pattern).find(path)).hasSize(expected ? 1 : 0);
	}

	@ParameterizedTest(name = "{0} on {1}: {2}")
	@CsvSource(delimiter = '|', textBlock = """
			/a/b   | /a;v=1/b        | true
			/a/b   | /a;v=1/b;w=2    | true
			/a/b   | /a;v=1;x/b      | true
			/a/b   | /a;v=/b         | true
			/a/b   | /a/b;/          | false
			/a     | /;v=1/a         | false
			/*     | /;v=1           | true
			/      | /;v=1           | true
			/a/**  | /a;v=1          | true
			/a     | /a;x=%          | true
			/a     | /%61;x          | true
			""")
	void pathParametersAreRemoved(String pattern, String path, boolean expected) {
		assertThat(trie(pattern).find(path)).hasSize(expected ? 1 : 0);
	}

	@ParameterizedTest(name = "{0} on {1}: {2}")
	@CsvSource(delimiter = '|', textBlock = """
			/abc   | /%61bc          | true
			/abc   | /a%62%63        | true
			/abc   | /%2561bc        | false
			/a b   | /a%20b          | true
			/a b   | /a+b            | false
			/a+b   | /a+b            | true
			/a+b   | /a%2Bb          | true
			/ä     | /%C3%A4         | true
			/ä     | /%c3%a4         | true
			/ä     | /ä              | true
			/a/b   | /a%2Fb          | false
			/*     | /a%2Fb          | true
			/a     | /a%3Bx          | false
			/a     | /%41            | false
			/a/b   | /a/%62          | true
			/a/b   | /%61/b          | true
			""")
	void segmentsAreDecodedOnce(String pattern, String path, boolean expected) {
		assertThat(trie(pattern).find(path)).hasSize(expected ? 1 : 0);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/%", "/%6", "/%6/", "/%zz", "/%-1", "/%+1", "/a%", "/%%61", "/%C3" })
	void brokenEscapeEqualsNoLiteralButIsASegment(String path) {
		PathTrie trie = trie("/a", "/%".replace("%", "x"), "/**", "/*/**");
		assertThat(trie.find(path)).containsExactly(2, 3);
	}

	@Test
	void findsAllThatMatchInTheirOrder() {
		PathTrie trie = trie("/**", "/orders/7", "/orders/*", "/orders/**", "/*/7", "/orders/{id}", "/other");
		assertThat(trie.find("/orders/7")).containsExactly(0, 1, 2, 3, 4, 5);
		assertThat(trie.find("/orders/8")).containsExactly(0, 2, 3, 5);
		assertThat(trie.find("/nothing")).containsExactly(0);
	}

	@Test
	void emptyTrieFindsNothing() {
		assertThat(trie().find("/a/b")).isEmpty();
	}

	@Test
	void whatWasFoundIsNotChangedByLaterLookUps() {
		PathTrie trie = trie("/a", "/a", "/*");
		int[] first = trie.find("/a");
		trie.find("/b");
		trie.find("/a");
		assertThat(first).containsExactly(0, 1, 2);
		assertThat(trie.find("/b")).containsExactly(2);
	}

	@Test
	void deepPathsEndWhereThePatternsEnd() {
		String deep = "/a".repeat(100_000);
		assertThat(trie("/a/a", "/a/**").find(deep)).containsExactly(1);
	}

	@Test
	void tenThousandPatternsAreToldApart() {
		List<String> patterns = new ArrayList<>();
		for (int i = 0; i < 10_000; i++) {
			patterns.add((i % 3 == 0) ? "/tenant/" + i + "/**" : (i % 3 == 1) ? "/tenant/" + i : "/t" + i + "/{x}/end");
		}
		PathTrie trie = trie(patterns.toArray(String[]::new));
		for (int i = 0; i < 10_000; i++) {
			String path = (i % 3 == 2) ? "/t" + i + "/y/end" : "/tenant/" + i;
			assertThat(trie.find(path)).containsExactly(i);
		}
		assertThat(trie.find("/tenant/10000")).isEmpty();
	}

}
