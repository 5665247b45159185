// SPDX-License-Identifier: Apache-2.0

package io.governance.verification.operations;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * A query in PromQL, as far as its metric names go.
 *
 * @param text the query
 */
record Expression(String text) {

	private static final Pattern NO_METRICS = Pattern.compile(
			"#.*|\"[^\"]*\"|\\{[^}]*}|\\[[^]]*]|\\b(by|without|on|ignoring|group_left|group_right)\\s*\\([^)]*\\)");

	private static final Pattern NAME = Pattern.compile("(?<![\\w:.$])[a-zA-Z_:][\\w:]*(?!\\s*\\(|[\\w:])");

	private static final Set<String> WORDS = Set.of("and", "or", "unless", "bool", "offset", "by", "without", "on",
			"ignoring", "group_left", "group_right");

	Set<String> metrics() {
		Set<String> metrics = new TreeSet<>();
		NAME.matcher(NO_METRICS.matcher(this.text).replaceAll(" "))
			.results()
			.map(MatchResult::group)
			.filter((name) -> !WORDS.contains(name))
			.forEach(metrics::add);
		return metrics;
	}

}
