// SPDX-License-Identifier: Apache-2.0

package io.governance.binding;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

import io.governance.execution.FailureMatch;
import io.governance.match.CallKey;
import io.governance.match.OutcomeMatch;
import io.governance.match.StringMatch;
import io.governance.policy.Permit.Abort;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.core.convert.ConversionService;

/**
 * The short forms of rules: what converts from a plain string or number, and how to name
 * what was expected when it does not.
 */
final class RuleConversions {

	private RuleConversions() {
	}

	static ConversionService conversionService() {
		ApplicationConversionService conversions = new ApplicationConversionService();
		conversions.addConverter(String.class, StringMatch.class, StringMatch::exact);
		conversions.addConverter(Number.class, StringMatch.class, (number) -> StringMatch.exact(number.toString()));
		conversions.addConverter(Boolean.class, StringMatch.class, (flag) -> StringMatch.exact(flag.toString()));
		conversions.addConverter(String.class, OutcomeMatch.class, OutcomeMatch::parse);
		conversions.addConverter(Number.class, OutcomeMatch.class, (number) -> OutcomeMatch.parse(number.toString()));
		conversions.addConverter(String.class, FailureMatch.class, FailureMatch::parse);
		conversions.addConverter(Number.class, FailureMatch.class, (number) -> FailureMatch.parse(number.toString()));
		conversions.addConverter(String.class, CallKey.class, CallKey::parse);
		conversions.addConverter(String.class, Abort.class, Abort::parse);
		conversions.addConverter(Number.class, Abort.class, (number) -> Abort.parse(number.toString()));
		return conversions;
	}

	static String expected(Class<?> type) {
		if (type == Duration.class) {
			return "a duration such as 500ms, 2s or 1m";
		}
		if (type == Instant.class) {
			return "a point in time such as 2026-01-31T12:00:00Z";
		}
		if (type == int.class || type == long.class || type == Integer.class || type == Long.class) {
			return "a whole number";
		}
		if (type == float.class || type == double.class || type == Float.class || type == Double.class) {
			return "a number";
		}
		if (type == boolean.class || type == Boolean.class) {
			return "true or false";
		}
		if (type.isEnum()) {
			return Arrays.stream(type.getEnumConstants())
				.map((constant) -> constant.toString().toLowerCase(Locale.ROOT).replace('_', '-'))
				.collect(Collectors.joining(", ", "one of ", ""));
		}
		if (type == CallKey.class) {
			return CallKey.EXPECTED;
		}
		if (type == OutcomeMatch.class) {
			return OutcomeMatch.EXPECTED;
		}
		if (type == Abort.class) {
			return Abort.EXPECTED;
		}
		if (type == FailureMatch.class) {
			return FailureMatch.EXPECTED;
		}
		if (type == StringMatch.class) {
			return "a text, or one of exact, prefix, suffix, regex, present, not";
		}
		boolean nested = type.isRecord() || Map.class.isAssignableFrom(type);
		return nested ? "nested keys" : List.class.isAssignableFrom(type) ? "a list" : "a " + type.getSimpleName();
	}

}
