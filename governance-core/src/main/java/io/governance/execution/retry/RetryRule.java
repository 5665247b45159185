// SPDX-License-Identifier: Apache-2.0

package io.governance.execution.retry;

import java.time.Duration;
import java.util.List;

import io.governance.match.Match;
import io.governance.match.OutcomeMatch;
import io.governance.policy.Enforcement;
import io.governance.rule.Rule;
import io.governance.schema.RuleField;

/**
 * Tries a failed call again.
 *
 * @param match which calls it is for
 * @param enforcement what it may do
 * @param priority breaks ties between equally specific rules
 * @param attempts tries in all, the first one included; 2 by default
 * @param retryOn after what ending; connect, not-processed and reset by default
 * @param nonIdempotent whether calls that may have been processed are tried again also
 * when their method is not idempotent; no by default
 * @param backoff the waits between attempts
 * @param budget the share of calls that may be retries
 * @param maxRetryAfter up to what {@code Retry-After} of an answer is waited for; asked
 * for longer waits, the call is not tried again; 5 s by default
 * @param maxBodyBytes up to how many bytes of body are kept for a further attempt; 65,536
 * by default
 * @param then what becomes of a call that failed in spite of all attempts; its caller
 * learns it, by default
 * @param failback how calls are made again later, with then: failback
 */
public record RetryRule(@RuleField("Which calls the rule is for.") Match match,
		@RuleField(value = "What the rule may do.", defaultValue = "ENFORCED") Enforcement enforcement,
		@RuleField(value = "Breaks ties between equally specific rules.", defaultValue = "0") int priority,
		@RuleField(value = "Tries in all, the first one included.", defaultValue = "2",
				bounds = "1 to 10") Integer attempts,
		@RuleField(value = "After what ending: " + OutcomeMatch.EXPECTED + ".",
				defaultValue = "connect, not-processed, reset") List<OutcomeMatch> retryOn,
		@RuleField(
				value = "Whether calls that may have been processed are tried again when their method is not idempotent.",
				defaultValue = "false") boolean nonIdempotent,
		@RuleField("The waits between attempts.") Backoff backoff,
		@RuleField("The share of calls that may be retries.") Budget budget,
		@RuleField(
				value = "The longest Retry-After of an answer that is waited for; if it asks for more, there is no retry.",
				defaultValue = "5s", bounds = "0s to 10m") Duration maxRetryAfter,
		@RuleField(value = "Up to how many bytes of body are kept for a further attempt.", defaultValue = "65536",
				bounds = "0 to 16777216") Long maxBodyBytes,
		@RuleField(value = "What becomes of a call that failed in spite of all attempts.",
				defaultValue = "fail") Then then,
		@RuleField("How such a call is made again later, with then: failback.") FailbackTerms failback)
		implements
			Rule {

	private static final List<OutcomeMatch> RETRY_ON = List.of(new OutcomeMatch("connect"),
			new OutcomeMatch("not-processed"), new OutcomeMatch("reset"));

	/**
	 * Sets the defaults.
	 */
	public RetryRule {
		match = (match != null) ? match : Match.ANY;
		enforcement = (enforcement != null) ? enforcement : Enforcement.ENFORCED;
		attempts = (attempts != null) ? attempts : Integer.valueOf(2);
		retryOn = (retryOn != null && !retryOn.isEmpty()) ? List.copyOf(retryOn) : RETRY_ON;
		backoff = (backoff != null) ? backoff : new Backoff(null, null);
		budget = (budget != null) ? budget : new Budget(null, null);
		maxRetryAfter = (maxRetryAfter != null) ? maxRetryAfter : Duration.ofSeconds(5);
		maxBodyBytes = (maxBodyBytes != null) ? maxBodyBytes : Long.valueOf(65_536);
		then = (then != null) ? then : Then.FAIL;
		failback = (failback != null) ? failback : new FailbackTerms(null, null, null, null, null, null);
	}

	/**
	 * What becomes of a call that failed in spite of all attempts.
	 */
	public enum Then {

		/** The caller learns how it failed. */
		FAIL,

		/** It is made again later; the caller is told that it is, by a 202. */
		FAILBACK

	}

}
