// SPDX-License-Identifier: Apache-2.0

package io.governance.execution.cache;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

import io.governance.match.Match;
import io.governance.policy.Enforcement;
import io.governance.rule.Rule;
import io.governance.schema.RuleField;

/**
 * Keeps good answers to {@code GET} and {@code HEAD}, and gives them again.
 *
 * @param match which calls it is for
 * @param enforcement what it may do
 * @param priority breaks ties between equally specific rules
 * @param ttl how long an answer is given again; 10 seconds by default
 * @param negativeTtl how long a 404 or 410 is given again; 5 seconds by default, 0 for
 * not at all
 * @param maxWait how long a call waits for another one for the same; 5 seconds by
 * default, 0 for not at all
 * @param maxEntries how many answers are kept; 1,000 by default
 * @param maxBytes how many bytes they take at most; 10 MB by default
 * @param maxBodyBytes up to how many bytes of body an answer is kept; 65,536 by default
 * @param keyHeaders request headers that tell requests apart; accept by default
 * @param shared whether what is kept of methods and Spring caches is for all principals;
 * answers to requests never are
 */
public record CacheRule(@RuleField("Which calls the rule is for.") Match match,
		@RuleField(value = "What the rule may do.", defaultValue = "ENFORCED") Enforcement enforcement,
		@RuleField(value = "Breaks ties between equally specific rules.", defaultValue = "0") int priority,
		@RuleField(value = "How long an answer is given again, give or take 5 %.", defaultValue = "10s",
				bounds = "1ms to 1d") Duration ttl,
		@RuleField(value = "How long a 404 or 410 is given again; 0 for not at all.", defaultValue = "5s",
				bounds = "0s to 1d") Duration negativeTtl,
		@RuleField(value = "How long a call waits for another one for the same; 0 for not at all.", defaultValue = "5s",
				bounds = "0s to 1m") Duration maxWait,
		@RuleField(value = "How many answers are kept.", defaultValue = "1000",
				bounds = "1 to 100000") Integer maxEntries,
		@RuleField(value = "How many bytes the answers take at most.", defaultValue = "10485760",
				bounds = "1024 to 1073741824") Long maxBytes,
		@RuleField(value = "Up to how many bytes of body an answer is kept.", defaultValue = "65536",
				bounds = "0 to 16777216") Long maxBodyBytes,
		@RuleField(value = "Request headers that tell requests apart.",
				defaultValue = "accept") List<String> keyHeaders,
		@RuleField(
				value = "Whether what is kept of methods and Spring caches is given to all principals; answers to requests never are.",
				defaultValue = "false") boolean shared)
		implements
			Rule {

	/**
	 * Sets the defaults.
	 */
	public CacheRule {
		match = (match != null) ? match : Match.ANY;
		enforcement = (enforcement != null) ? enforcement : Enforcement.ENFORCED;
		ttl = (ttl != null) ? ttl : Duration.ofSeconds(10);
		negativeTtl = (negativeTtl != null) ? negativeTtl : Duration.ofSeconds(5);
		maxWait = (maxWait != null) ? maxWait : Duration.ofSeconds(5);
		maxEntries = (maxEntries != null) ? maxEntries : Integer.valueOf(1_000);
		maxBytes = (maxBytes != null) ? maxBytes : Long.valueOf(10_485_760);
		maxBodyBytes = (maxBodyBytes != null) ? maxBodyBytes : Long.valueOf(65_536);
		keyHeaders = (keyHeaders != null)
				? keyHeaders.stream().map((name) -> name.trim().toLowerCase(Locale.ROOT)).distinct().sorted().toList()
				: List.of("accept");
	}

}
