// SPDX-License-Identifier: Apache-2.0

package io.governance.execution.fallback;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import io.governance.execution.FailureMatch;
import io.governance.match.Match;
import io.governance.policy.Enforcement;
import io.governance.rule.Rule;
import io.governance.schema.RuleField;
import org.jspecify.annotations.Nullable;

/**
 * Answers calls that failed, after the last attempt. Exactly one of {@code answer},
 * {@code lastGood} and {@code bean} is to be set.
 *
 * @param match which calls it is for
 * @param enforcement what it may do
 * @param priority breaks ties between equally specific rules
 * @param fallbackOn after what ending; connect, reset, timeout, 5xx and rejected by
 * default
 * @param answer an answer as it is written here
 * @param lastGood whether the last good answer to the same request is given
 * @param bean the name of a bean that answers
 * @param maxAge how old a last good answer may be; 10 minutes by default
 * @param maxEntries how many last good answers are kept; 1,000 by default
 * @param maxBytes how many bytes they take at most; 10 MB by default
 * @param maxBodyBytes up to how many bytes of body an answer is kept; 65,536 by default
 * @param keyHeaders request headers that tell requests apart; accept by default
 */
public record FallbackRule(@RuleField("Which calls the rule is for.") Match match,
		@RuleField(value = "What the rule may do.", defaultValue = "ENFORCED") Enforcement enforcement,
		@RuleField(value = "Breaks ties between equally specific rules.", defaultValue = "0") int priority,
		@RuleField(value = "After what ending: " + FailureMatch.EXPECTED + ".",
				defaultValue = "connect, reset, timeout, 5xx, rejected") List<FailureMatch> fallbackOn,
		@RuleField("An answer as it is written here.") @Nullable StaticAnswer answer,
		@RuleField(value = "Whether the last good answer to the same request of the same principal is given.",
				defaultValue = "false") boolean lastGood,
		@RuleField("The name of a bean that answers: a FallbackAnswer.") @Nullable String bean,
		@RuleField(value = "How old a last good answer may be.", defaultValue = "10m",
				bounds = "1s to 7d") Duration maxAge,
		@RuleField(value = "How many last good answers are kept.", defaultValue = "1000",
				bounds = "1 to 100000") Integer maxEntries,
		@RuleField(value = "How many bytes the last good answers take at most.", defaultValue = "10485760",
				bounds = "1024 to 1073741824") Long maxBytes,
		@RuleField(value = "Up to how many bytes of body an answer is kept.", defaultValue = "65536",
				bounds = "0 to 16777216") Long maxBodyBytes,
		@RuleField(value = "Request headers that tell requests apart, for last good answers.",
				defaultValue = "accept") List<String> keyHeaders)
		implements
			Rule {

	private static final List<FailureMatch> FALLBACK_ON = Stream.of("connect", "reset", "timeout", "5xx", "rejected")
		.map(FailureMatch::new)
		.toList();

	/**
	 * Sets the defaults.
	 */
	public FallbackRule {
		match = (match != null) ? match : Match.ANY;
		enforcement = (enforcement != null) ? enforcement : Enforcement.ENFORCED;
		fallbackOn = (fallbackOn != null && !fallbackOn.isEmpty()) ? List.copyOf(fallbackOn) : FALLBACK_ON;
		maxAge = (maxAge != null) ? maxAge : Duration.ofMinutes(10);
		maxEntries = (maxEntries != null) ? maxEntries : Integer.valueOf(1_000);
		maxBytes = (maxBytes != null) ? maxBytes : Long.valueOf(10_485_760);
		maxBodyBytes = (maxBodyBytes != null) ? maxBodyBytes : Long.valueOf(65_536);
		keyHeaders = (keyHeaders != null)
				? keyHeaders.stream().map((name) -> name.trim().toLowerCase(Locale.ROOT)).distinct().sorted().toList()
				: List.of("accept");
	}

}
