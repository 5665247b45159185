// SPDX-License-Identifier: Apache-2.0

package io.governance.verification.matching;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import io.governance.match.PathPattern;
import io.governance.match.PathTrie;
import org.junit.jupiter.api.Test;

import org.springframework.http.server.PathContainer;
import org.springframework.web.util.pattern.PathPatternParser;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A rule must match what the handler with the same pattern would be given: our patterns
 * are compared with Spring's on generated cases.
 */
class PathMatchingTests {

	private static final List<String> LITERALS = List.of("a", "b", "orders", "a.b", "A");

	private static final List<String> SENT = List.of("a", "b", "orders", "a.b", "A", "", "a;x=1", ";x=1", "%61",
			"orders%2Fa", "a+b", "b%20");

	private final Random random = new Random(20_261_120);

	@Test
	void matchesAsSpringDoes() {
		List<String> differences = new ArrayList<>();
		for (int i = 0; i < 20_000; i++) {
			String pattern = pattern();
			String path = path();
			boolean ours = PathTrie.builder().add(PathPattern.parse(pattern), 1).build().find(path).length == 1;
			if (ours != springMatches(pattern, path)) {
				differences.add(pattern + " " + path + " ours=" + ours);
			}
		}
		assertThat(differences).isEmpty();
	}

	private static boolean springMatches(String pattern, String path) {
		try {
			return PathPatternParser.defaultInstance.parse(pattern).matches(PathContainer.parsePath(path));
		}
		catch (IllegalArgumentException ex) {
			// a broken escape: Spring refuses the request before any handler
			return false;
		}
	}

	private String pattern() {
		StringBuilder pattern = new StringBuilder();
		int segments = this.random.nextInt(4);
		for (int i = 0; i < segments; i++) {
			pattern.append('/').append(switch (this.random.nextInt(4)) {
				case 0 -> "*";
				case 1 -> "{x" + i + "}";
				default -> pick(LITERALS);
			});
		}
		return (segments == 0 || this.random.nextInt(3) == 0) ? pattern + "/**" : pattern.toString();
	}

	private String path() {
		StringBuilder path = new StringBuilder();
		int segments = 1 + this.random.nextInt(4);
		for (int i = 0; i < segments; i++) {
			path.append('/').append(pick(SENT));
		}
		return path.toString();
	}

	private String pick(List<String> choices) {
		return choices.get(this.random.nextInt(choices.size()));
	}

}
