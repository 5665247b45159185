// SPDX-License-Identifier: Apache-2.0

package io.governance.policy.ratelimit;

import java.time.Duration;
import java.util.Objects;

import io.governance.match.CallKey;
import io.governance.match.Match;
import io.governance.policy.Enforcement;
import io.governance.rule.Rule;
import io.governance.schema.RuleField;
import org.jspecify.annotations.Nullable;

/**
 * Limits calls per time.
 *
 * @param match which calls it is for
 * @param enforcement what it may do
 * @param priority listed order among equals; all matching limits apply
 * @param key what is limited apart; without one all matching calls share one limit
 * @param limit calls per period
 * @param per the period; 1 s by default
 * @param burst calls that may come at once; {@code limit} by default
 * @param maxKeys how many keys are kept apart; 10,000 by default
 */
public record RateLimitRule(@RuleField("Which calls the rule is for.") Match match,
		@RuleField(value = "What the rule may do.", defaultValue = "ENFORCED") Enforcement enforcement,
		@RuleField(value = "Order among equals.", defaultValue = "0") int priority,
		@RuleField("What is limited apart: header:NAME, query:NAME, cookie:NAME, label:NAME, client-ip, caller, principal.") @Nullable CallKey key,
		@RuleField(value = "Calls per period.", bounds = "1 or more", required = true) long limit,
		@RuleField(value = "The period.", defaultValue = "1s", bounds = "1ms to 1d") Duration per,
		@RuleField(value = "Calls that may come at once; the limit by default.", bounds = "1 or more") Long burst,
		@RuleField(value = "How many keys are kept apart; further ones share one limit.", defaultValue = "10000",
				bounds = "1 to 1000000") Integer maxKeys)
		implements
			Rule {

	/**
	 * Sets the defaults.
	 */
	public RateLimitRule {
		match = (match != null) ? match : Match.ANY;
		enforcement = (enforcement != null) ? enforcement : Enforcement.ENFORCED;
		per = (per != null) ? per : Duration.ofSeconds(1);
		burst = (burst != null) ? burst : Long.valueOf(limit);
		maxKeys = (maxKeys != null) ? maxKeys : Integer.valueOf(10_000);
	}

	boolean hasSameLimitsAs(RateLimitRule other) {
		return this.limit == other.limit && this.burst.equals(other.burst) && this.maxKeys.equals(other.maxKeys)
				&& this.per.equals(other.per) && Objects.equals(this.key, other.key);
	}

}
