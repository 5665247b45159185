// SPDX-License-Identifier: Apache-2.0

package io.governance.execution;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.governance.match.OutcomeMatch;
import io.governance.policy.Outcome;
import io.governance.policy.Reason;
import io.governance.policy.Rejection;
import io.governance.schema.Violation;
import org.jspecify.annotations.Nullable;

/**
 * A condition on how a call ended, written as one word: those of {@link OutcomeMatch},
 * {@code rejected} for every call that this side did not send or waited no longer for,
 * and the reasons for that, such as {@code circuit-open}. What the caller gave up itself
 * never matches.
 *
 * @param text the word
 */
public record FailureMatch(String text) {

	private static final String REJECTED = "rejected";

	private static final Set<String> REASONS = Stream
		.of(Reason.RATE_LIMITED, Reason.CIRCUIT_OPEN, Reason.CONCURRENCY_LIMITED, Reason.BULKHEAD_FULL,
				Reason.THROTTLED, Reason.NO_INSTANCE, Reason.POOL_EXHAUSTED, Reason.DEADLINE_EXCEEDED,
				Reason.OVERLOADED, Reason.DECISION_TIMEOUT)
		.map(Reason::name)
		.collect(Collectors.toUnmodifiableSet());

	/** What may be written. */
	public static final String EXPECTED = "rejected, a reason for that (circuit-open, rate-limited, bulkhead-full, "
			+ "concurrency-limited, throttled, no-instance, pool-exhausted, deadline-exceeded, overloaded, "
			+ "decision-timeout), " + OutcomeMatch.EXPECTED;

	/**
	 * Brings the word to its normal form.
	 */
	public FailureMatch {
		String word = text.trim().toLowerCase(Locale.ROOT);
		text = isRejection(word) ? word : new OutcomeMatch(text).text();
	}

	/**
	 * Parses the written form.
	 * @param text the word
	 * @return the condition
	 * @throws IllegalArgumentException if the text is none
	 */
	public static FailureMatch parse(String text) {
		FailureMatch match = new FailureMatch(text);
		if (!isRejection(match.text)) {
			try {
				OutcomeMatch.parse(text);
			}
			catch (IllegalArgumentException ex) {
				throw new IllegalArgumentException("failure: " + text + " (expected: " + EXPECTED + ")", ex);
			}
		}
		return match;
	}

	private static boolean isRejection(String word) {
		return REJECTED.equals(word) || REASONS.contains(word);
	}

	/**
	 * Whether a call ended in one of these ways, and with no exception that is left out.
	 * @param conditions the conditions
	 * @param failure how it ended
	 * @return whether one of them holds
	 */
	public static boolean any(List<FailureMatch> conditions, CallFailure failure) {
		return failure.outcome().kind() != Outcome.Kind.CANCELLED
				&& conditions.stream().anyMatch((condition) -> condition.matches(failure))
				&& !OutcomeMatch.isLeftOut(outcomes(conditions), failure.outcome());
	}

	/**
	 * Checks a list of conditions.
	 * @param component the component of the rule that holds it
	 * @param conditions the conditions
	 * @return what is wrong with them
	 */
	public static List<Violation> validate(String component, List<FailureMatch> conditions) {
		return (outcomes(conditions).size() < conditions.size()) ? List.of()
				: OutcomeMatch.validate(component, outcomes(conditions));
	}

	private static List<OutcomeMatch> outcomes(List<FailureMatch> conditions) {
		return conditions.stream()
			.filter((condition) -> !isRejection(condition.text))
			.map((condition) -> new OutcomeMatch(condition.text))
			.toList();
	}

	private boolean matches(CallFailure failure) {
		if (!isRejection(this.text)) {
			return new OutcomeMatch(this.text).matches(failure.outcome());
		}
		@Nullable Rejection rejection = failure.rejection();
		return rejection != null && (REJECTED.equals(this.text) || this.text.equals(rejection.reason().name()));
	}

	@Override
	public String toString() {
		return this.text;
	}

}
