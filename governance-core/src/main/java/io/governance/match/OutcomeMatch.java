// SPDX-License-Identifier: Apache-2.0

package io.governance.match;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

import io.governance.policy.Outcome;
import io.governance.schema.Violation;
import org.jspecify.annotations.Nullable;

/**
 * A condition on how an attempt ended, written as one word: {@code connect},
 * {@code reset}, {@code timeout}, {@code error}, {@code not-processed}, a status such as
 * {@code 503}, a class of them such as {@code 5xx}, or an exception such as
 * {@code exception:java.io.IOException}, which its subclasses are, and what it caused.
 * With {@code except:}, an exception is left out of what the others of a list say.
 * Endings that say nothing of the callee never match.
 *
 * @param text the word
 */
public record OutcomeMatch(String text) {

	private static final Map<String, Outcome.Kind> KINDS = Map.of("connect", Outcome.Kind.CONNECT_FAILURE, "reset",
			Outcome.Kind.RESET, "timeout", Outcome.Kind.TIMEOUT, "error", Outcome.Kind.ERROR);

	private static final String NOT_PROCESSED = "not-processed";

	private static final String EXCEPTION = "exception:";

	private static final String EXCEPT = "except:";

	private static final String IDENTIFIER = "\\p{javaJavaIdentifierStart}\\p{javaJavaIdentifierPart}*";

	private static final Pattern CLASS_NAME = Pattern.compile(IDENTIFIER + "(\\." + IDENTIFIER + ")*");

	/** Causes may go round in a circle. */
	private static final int MAX_CAUSES = 20;

	/** What may be written. */
	public static final String EXPECTED = "connect, reset, timeout, error, exception:CLASS, except:CLASS, not-processed, a status (503) or a class of them (5xx)";

	/**
	 * Brings the word to its normal form.
	 */
	public OutcomeMatch {
		int name = text.indexOf(':') + 1;
		text = (name == 0) ? text.trim().toLowerCase(Locale.ROOT)
				: text.substring(0, name).trim().toLowerCase(Locale.ROOT) + text.substring(name).trim();
	}

	/**
	 * Parses the written form.
	 * @param text the word
	 * @return the condition
	 * @throws IllegalArgumentException if the text is none
	 */
	public static OutcomeMatch parse(String text) {
		OutcomeMatch match = new OutcomeMatch(text);
		if (!match.isKnown()) {
			throw new IllegalArgumentException("outcome: " + text + " (expected: " + EXPECTED + ")");
		}
		return match;
	}

	private boolean isKnown() {
		String name = className(this.text);
		return (name != null) ? CLASS_NAME.matcher(name).matches() : KINDS.containsKey(this.text)
				|| NOT_PROCESSED.equals(this.text) || this.text.matches("[1-5](xx|[0-9][0-9])");
	}

	private static @Nullable String className(String text) {
		return text.startsWith(EXCEPTION) ? text.substring(EXCEPTION.length())
				: text.startsWith(EXCEPT) ? text.substring(EXCEPT.length()) : null;
	}

	/**
	 * Whether an attempt ended in one of these ways, and with no exception that is left
	 * out.
	 * @param conditions the conditions
	 * @param outcome how it ended
	 * @return whether one of them holds
	 */
	public static boolean any(List<OutcomeMatch> conditions, Outcome outcome) {
		// by index: an iterator would be made for each call
		for (int i = 0; i < conditions.size(); i++) {
			if (conditions.get(i).matches(outcome)) {
				return !isLeftOut(conditions, outcome);
			}
		}
		return false;
	}

	/**
	 * Whether an attempt ended with an exception that is left out.
	 * @param conditions the conditions
	 * @param outcome how it ended
	 * @return whether it did
	 */
	public static boolean isLeftOut(List<OutcomeMatch> conditions, Outcome outcome) {
		for (int i = 0; i < conditions.size(); i++) {
			String text = conditions.get(i).text;
			if (text.startsWith(EXCEPT) && isOrHasCause(outcome.error(), text.substring(EXCEPT.length()))) {
				return true;
			}
		}
		return false;
	}

	/**
	 * Checks a list of conditions.
	 * @param component the component of the rule that holds it
	 * @param conditions the conditions
	 * @return what is wrong with them
	 */
	public static List<Violation> validate(String component, List<OutcomeMatch> conditions) {
		boolean matchesNothing = conditions.stream().allMatch((condition) -> condition.text.startsWith(EXCEPT));
		return matchesNothing ? List
			.of(new Violation(component, conditions.toString(), "an ending beside the exceptions that are left out"))
				: List.of();
	}

	/**
	 * Whether an attempt ended so; never for a class that is left out.
	 * @param outcome how it ended
	 * @return whether this condition holds
	 */
	public boolean matches(Outcome outcome) {
		if (outcome.ignored()) {
			return false;
		}
		Outcome.Kind kind = KINDS.get(this.text);
		if (kind != null) {
			return outcome.kind() == kind;
		}
		if (NOT_PROCESSED.equals(this.text)) {
			return outcome.notProcessed();
		}
		String name = className(this.text);
		if (name != null) {
			return this.text.startsWith(EXCEPTION) && isOrHasCause(outcome.error(), name);
		}
		if (outcome.kind() != Outcome.Kind.RESPONSE) {
			return false;
		}
		return this.text.endsWith("xx") ? outcome.status() / 100 == this.text.charAt(0) - '0'
				: outcome.status() == Integer.parseInt(this.text);
	}

	/**
	 * By name: the class may be one that this process does not have.
	 */
	private static boolean isOrHasCause(@Nullable Throwable error, String name) {
		Throwable cause = error;
		for (int i = 0; i < MAX_CAUSES && cause != null; i++) {
			if (isA(cause.getClass(), name)) {
				return true;
			}
			cause = cause.getCause();
		}
		return false;
	}

	private static boolean isA(@Nullable Class<?> type, String name) {
		return type != null && (type.getName().equals(name) || isA(type.getSuperclass(), name)
				|| Arrays.stream(type.getInterfaces()).anyMatch((contract) -> isA(contract, name)));
	}

	/**
	 * Whether an attempt that ended so was certainly not processed, so that another one
	 * is safe for any method.
	 * @return whether it was not
	 */
	public boolean provesNotProcessed() {
		return NOT_PROCESSED.equals(this.text) || "connect".equals(this.text);
	}

	@Override
	public String toString() {
		return this.text;
	}

}
