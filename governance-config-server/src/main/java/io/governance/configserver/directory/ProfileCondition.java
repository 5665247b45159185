// SPDX-License-Identifier: Apache-2.0

package io.governance.configserver.directory;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.OriginLookup;
import org.springframework.boot.origin.TextResourceOrigin;
import org.springframework.core.env.Profiles;
import org.springframework.core.env.PropertySource;

/**
 * The profiles that one document asks for. Stateless.
 */
final class ProfileCondition {

	private static final String ON_PROFILE = "spring.config.activate.on-profile";

	private ProfileCondition() {
	}

	/**
	 * Evaluates every expression once, so that a faulty one is a fault of its file and
	 * not of those who are served later.
	 * @param document a document as it is written
	 * @throws IllegalArgumentException if an expression cannot be evaluated, with the
	 * line it is written in
	 */
	static void check(PropertySource<?> document) {
		for (String key : keys(document)) {
			for (String expression : expressions(document, key)) {
				try {
					Profiles.of(expression);
				}
				catch (IllegalArgumentException ex) {
					throw new IllegalArgumentException(
							line(document, key) + key + ": " + expression
									+ " (expected: a profile expression; & and | in one need parentheses: (a & b) | c)",
							ex);
				}
			}
		}
	}

	/**
	 * Whether a document is served to a service with the given profiles.
	 * @param document a document that was checked
	 * @param profiles the profiles of the service
	 * @return whether any of its expressions matches, or it has none
	 */
	static boolean isMet(PropertySource<?> document, List<String> profiles) {
		List<String> expressions = new ArrayList<>();
		keys(document).forEach((key) -> expressions.addAll(expressions(document, key)));
		return expressions.isEmpty() || Profiles.of(expressions.toArray(String[]::new)).matches(profiles::contains);
	}

	private static List<String> keys(PropertySource<?> document) {
		List<String> keys = new ArrayList<>();
		keys.add(ON_PROFILE);
		for (int index = 0; document.getProperty(ON_PROFILE + "[" + index + "]") != null; index++) {
			keys.add(ON_PROFILE + "[" + index + "]");
		}
		return keys;
	}

	private static List<String> expressions(PropertySource<?> document, String key) {
		Object value = document.getProperty(key);
		return (value == null) ? List.of()
				: Arrays.stream(value.toString().split(","))
					.map(String::strip)
					.filter((part) -> !part.isEmpty())
					.toList();
	}

	private static String line(PropertySource<?> document, String key) {
		@Nullable Origin origin = OriginLookup.getOrigin(document, key);
		return (origin instanceof TextResourceOrigin text && text.getLocation() != null)
				? "line " + (text.getLocation().getLine() + 1) + ": " : "";
	}

}
