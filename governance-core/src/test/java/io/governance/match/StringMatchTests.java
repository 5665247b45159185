// SPDX-License-Identifier: Apache-2.0

package io.governance.match;

import io.governance.schema.Violation;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class StringMatchTests {

	private static StringMatch match(String condition, String operand) {
		return switch (condition) {
			case "exact" -> new StringMatch(operand, null, null, null, null, null);
			case "prefix" -> new StringMatch(null, operand, null, null, null, null);
			case "suffix" -> new StringMatch(null, null, operand, null, null, null);
			case "regex" -> new StringMatch(null, null, null, operand, null, null);
			case "present" -> new StringMatch(null, null, null, null, Boolean.valueOf(operand), null);
			case "not" -> new StringMatch(null, null, null, null, null, operand);
			default -> throw new IllegalArgumentException(condition);
		};
	}

	@ParameterizedTest(name = "{0} {1} on {2} is {3}")
	@CsvSource(nullValues = "absent", textBlock = """
			exact,   tester, tester,    true
			exact,   tester, Tester,    false
			exact,   tester, 'tester ', false
			exact,   tester, absent,    false
			exact,   '',     '',        true
			prefix,  ab,     abc,       true
			prefix,  ab,     ab,        true
			prefix,  ab,     cab,       false
			prefix,  ab,     absent,    false
			suffix,  bc,     abc,       true
			suffix,  bc,     bcd,       false
			suffix,  bc,     absent,    false
			regex,   a+,     aaa,       true
			regex,   a+,     aaab,      false
			regex,   a|ab,   ab,        true
			regex,   .*,     '',        true
			regex,   .*,     absent,    false
			present, true,   '',        true
			present, true,   absent,    false
			present, false,  x,         false
			present, false,  absent,    true
			not,     a,      b,         true
			not,     a,      a,         false
			not,     a,      absent,    true
			""")
	void holdsForTheValue(String condition, String operand, @Nullable String value, boolean expected) {
		assertThat(match(condition, operand).compile().matches(value)).isEqualTo(expected);
	}

	@ParameterizedTest
	@ValueSource(strings = { "exact", "prefix", "suffix", "regex", "present", "not" })
	void isValidWithOneCondition(String condition) {
		assertThat(match(condition, "true").validate("match.caller")).isEmpty();
	}

	@Test
	void shortFormIsExact() {
		assertThat(StringMatch.exact("a")).isEqualTo(match("exact", "a"));
	}

	@Test
	void needsACondition() {
		assertThat(new StringMatch(null, null, null, null, null, null).validate("match.headers.x"))
			.containsExactly(new Violation("match.headers.x", "0 conditions",
					"exactly one of exact, prefix, suffix, regex, present, not"));
	}

	@Test
	void refusesTwoConditions() {
		assertThat(new StringMatch("a", "b", null, null, null, null).validate("match.caller")).singleElement()
			.extracting(Violation::value)
			.isEqualTo("2 conditions");
	}

	@ParameterizedTest
	@ValueSource(strings = { "(", "a{2000}", "(?=a)b", "[z-a]", "*" })
	void refusesWhatIsNoRegex(String regex) {
		assertThat(match("regex", regex).validate("match.caller")).singleElement().satisfies((violation) -> {
			assertThat(violation.component()).isEqualTo("match.caller.regex");
			assertThat(violation.value()).isEqualTo(regex);
			assertThat(violation.expected()).startsWith("a regular expression in RE2 syntax: ");
		});
	}

	@Test
	void boundsTheLengthOfARegex() {
		assertThat(match("regex", "a".repeat(StringMatch.MAX_REGEX)).validate("c")).isEmpty();
		assertThat(match("regex", "a".repeat(StringMatch.MAX_REGEX + 1)).validate("c")).containsExactly(
				new Violation("c.regex", "513 characters", "a regular expression of at most 512 characters"));
	}

	@Test
	void regexThatWouldBacktrackForeverIsLinear() {
		StringMatch match = match("regex", "(a*)*b");
		assertThat(match.compile().matches("a".repeat(10_000))).isFalse();
	}

}
