// SPDX-License-Identifier: Apache-2.0

package io.governance.match;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.governance.schema.Violation;
import org.jspecify.annotations.Nullable;

/**
 * A condition on one string: exactly one component is set. The short form is a plain
 * string, which is {@code exact}. Regular expressions match the whole value, in time
 * linear to its length (RE2 syntax), and are at most {@value #MAX_REGEX} characters long.
 *
 * @param exact the value must be this
 * @param prefix the value must start with this
 * @param suffix the value must end with this
 * @param regex the whole value must match this
 * @param present {@code true}: there must be a value; {@code false}: there must be none
 * @param not the value must be absent or another one
 */
public record StringMatch(@Nullable String exact, @Nullable String prefix, @Nullable String suffix,
		@Nullable String regex, @Nullable Boolean present, @Nullable String not) {

	static final int MAX_REGEX = 512;

	/**
	 * The short form.
	 * @param exact the value that must be there
	 * @return the match
	 */
	public static StringMatch exact(String exact) {
		return new StringMatch(exact, null, null, null, null, null);
	}

	List<Violation> validate(String component) {
		List<Violation> violations = new ArrayList<>();
		int set = 0;
		for (Object field : new @Nullable Object[] { this.exact, this.prefix, this.suffix, this.regex, this.present,
				this.not }) {
			set += (field != null) ? 1 : 0;
		}
		if (set != 1) {
			violations.add(new Violation(component, set + " conditions",
					"exactly one of exact, prefix, suffix, regex, present, not"));
		}
		if (this.regex != null) {
			checkRegex(component + ".regex", this.regex, violations);
		}
		for (String text : new @Nullable String[] { this.exact, this.prefix, this.suffix, this.not }) {
			if (text != null && isUnresolved(text)) {
				violations.add(new Violation(component, text, "a placeholder that has a value"));
			}
		}
		return violations;
	}

	/**
	 * Whether a placeholder is left that had no value.
	 */
	static boolean isUnresolved(String text) {
		int start = text.indexOf("${");
		return start >= 0 && text.indexOf('}', start) > 0;
	}

	private static void checkRegex(String component, String regex, List<Violation> violations) {
		if (regex.length() > MAX_REGEX) {
			violations.add(new Violation(component, regex.length() + " characters",
					"a regular expression of at most " + MAX_REGEX + " characters"));
			return;
		}
		try {
			Pattern.compile(regex);
		}
		catch (PatternSyntaxException ex) {
			violations
				.add(new Violation(component, regex, "a regular expression in RE2 syntax: " + ex.getDescription()));
		}
	}

	/**
	 * Compiles the condition.
	 * @return the test, ready to run and thread-safe
	 */
	Test compile() {
		if (this.exact != null) {
			return this.exact::equals;
		}
		if (this.prefix != null) {
			String start = this.prefix;
			return (value) -> value != null && value.startsWith(start);
		}
		if (this.suffix != null) {
			String end = this.suffix;
			return (value) -> value != null && value.endsWith(end);
		}
		if (this.regex != null) {
			Pattern pattern = Pattern.compile(this.regex);
			return (value) -> value != null && pattern.matches(value);
		}
		if (this.present != null) {
			boolean wanted = this.present;
			return (value) -> (value != null) == wanted;
		}
		String other = Objects.requireNonNull(this.not, "validated: one condition is set");
		return (value) -> !other.equals(value);
	}

	/** A compiled condition. */
	@FunctionalInterface
	interface Test {

		boolean matches(@Nullable String value);

	}

}
