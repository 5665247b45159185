// SPDX-License-Identifier: Apache-2.0

package io.governance.verification.documents;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.governance.execution.FailureMatch;
import io.governance.match.CallKey;
import io.governance.match.OutcomeMatch;
import io.governance.match.StringMatch;
import io.governance.policy.Permit.Abort;

/**
 * The table of the fields of a rule type, and its place in a page: between the markers
 * {@code <!-- fields:NAME -->} and {@code <!-- /fields -->}.
 */
final class FieldTable {

	private static final String END = "<!-- /fields -->";

	private static final Set<Type> WHOLE = Set.of(int.class, long.class, Integer.class, Long.class);

	private static final Set<Type> FRACTIONS = Set.of(float.class, double.class, Float.class, Double.class);

	private FieldTable() {
	}

	/**
	 * Puts the table of a rule type into its page.
	 * @param page the text of the page
	 * @param type the name of the rule type
	 * @param rule its record
	 * @return the page with the table; unchanged if it has no marker
	 */
	static String insert(String page, String type, Class<?> rule) {
		String begin = "<!-- fields:" + type + " -->";
		Pattern place = Pattern.compile(Pattern.quote(begin) + "(\\n.*?" + Pattern.quote(END) + ")?", Pattern.DOTALL);
		String table = begin + "\n" + of(rule) + END;
		return place.matcher(page).replaceFirst(Matcher.quoteReplacement(table));
	}

	static String of(Class<?> rule) {
		StringBuilder table = new StringBuilder(
				"| field | type | default | allowed | meaning |\n|---|---|---|---|---|\n");
		for (RuleComponent component : RuleComponent.flat(rule)) {
			String initial = component.field().defaultValue();
			table.append("| `")
				.append(component.name())
				.append("` | ")
				.append(typeOf(component, component.type()))
				.append(" | ")
				.append(component.field().required() ? "**required**" : initial.isEmpty() ? "" : "`" + initial + "`")
				.append(" | ")
				.append(component.field().bounds())
				.append(" | ")
				.append(component.field().value().replace("|", "\\|"))
				.append(" |\n");
		}
		return table.toString();
	}

	private static String typeOf(RuleComponent component, Type type) {
		if (component.isCollectionOfNested()) {
			return component.isList() ? "list" : "map";
		}
		if (type instanceof ParameterizedType collection) {
			Type[] arguments = collection.getActualTypeArguments();
			return ((collection.getRawType() == List.class) ? "list of " : "map of ")
					+ typeOf(component, arguments[arguments.length - 1]);
		}
		if (type instanceof Class<?> constants && constants.isEnum()) {
			return component.words(constants)
				.stream()
				.map((word) -> "`" + word + "`")
				.collect(Collectors.joining(", "));
		}
		return wordFor(type);
	}

	private static String wordFor(Type type) {
		if (type == Duration.class) {
			return "duration";
		}
		if (type == Instant.class) {
			return "point in time";
		}
		if (WHOLE.contains(type)) {
			return "whole number";
		}
		if (FRACTIONS.contains(type)) {
			return "number";
		}
		if (type == boolean.class || type == Boolean.class) {
			return "`true`, `false`";
		}
		if (type == StringMatch.class) {
			return "[condition](../concepts/rules.md#matching)";
		}
		if (type == CallKey.class) {
			return "key";
		}
		if (type == OutcomeMatch.class || type == Abort.class) {
			return "outcome";
		}
		if (type == FailureMatch.class) {
			return "failure";
		}
		if (type == String.class) {
			return "text";
		}
		throw new IllegalStateException("type of a rule component: " + type + " (expected: one that has a word here)");
	}

}
