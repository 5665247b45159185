// SPDX-License-Identifier: Apache-2.0

package io.governance.match;

import java.util.Locale;
import java.util.Map;

import io.governance.policy.Outcome;

/**
 * A condition on how an attempt ended, written as one word: {@code connect},
 * {@code reset}, {@code timeout}, {@code error}, {@code not-processed}, a status such as
 * {@code 503}, or a class of them such as {@code 5xx}. Endings that say nothing of the
 * callee never match.
 *
 * @param text the word
 */
public record OutcomeMatch(String text) {

	private static final Map<String, Outcome.Kind> KINDS = Map.of("connect", Outcome.Kind.CONNECT_FAILURE, "reset",
			Outcome.Kind.RESET, "timeout", Outcome.Kind.TIMEOUT, "error", Outcome.Kind.ERROR);

	private static final String NOT_PROCESSED = "not-processed";

	/** What may be written. */
	public static final String EXPECTED = "connect, reset, timeout, error, not-processed, a status (503) or a class of them (5xx)";

	/**
	 * Brings the word to its normal form.
	 */
	public OutcomeMatch {
		text = text.trim().toLowerCase(Locale.ROOT);
	}

	/**
	 * Parses the written form.
	 * @param text the word
	 * @return the condition
	 * @throws IllegalArgumentException if the text is none
	 */
	public static OutcomeMatch parse(String text) {
		OutcomeMatch match = new OutcomeMatch(text);
		boolean status = match.text.matches("[1-5](xx|[0-9][0-9])");
		if (!status && !KINDS.containsKey(match.text) && !NOT_PROCESSED.equals(match.text)) {
			throw new IllegalArgumentException("outcome: " + text + " (expected: " + EXPECTED + ")");
		}
		return match;
	}

	/**
	 * Whether an attempt ended so.
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
		if (outcome.kind() != Outcome.Kind.RESPONSE) {
			return false;
		}
		return this.text.endsWith("xx") ? outcome.status() / 100 == this.text.charAt(0) - '0'
				: outcome.status() == Integer.parseInt(this.text);
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
