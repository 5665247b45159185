// SPDX-License-Identifier: Apache-2.0

package io.governance.policy.ratelimit;

import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

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
 * @param burst calls that may come at once; {@code limit} by default, 1 with pacing
 * @param pacing has calls wait for their turn; without it they are rejected at once
 * @param warmUp how long the rate grows after a pause; it does not when not set
 * @param overrides other limits by value of the key
 * @param headers whether admitted inbound calls are told of their quota too; no by
 * default
 * @param maxKeys how many keys are kept apart; 10,000 by default
 * @param scope who shares the limit; each instance has its own by default
 * @param onStoreFailure what becomes of calls while the shared store is away; each
 * instance admits its share by default
 */
public record RateLimitRule(@RuleField("Which calls the rule is for.") Match match,
		@RuleField(value = "What the rule may do.", defaultValue = "ENFORCED") Enforcement enforcement,
		@RuleField(value = "Order among equals.", defaultValue = "0") int priority,
		@RuleField("What is limited apart: " + CallKey.EXPECTED + ".") @Nullable CallKey key,
		@RuleField(value = "Calls per period.", bounds = "1 or more", required = true) long limit,
		@RuleField(value = "The period.", defaultValue = "1s", bounds = "1ms to 1d") Duration per,
		@RuleField(value = "Calls that may come at once; the limit by default, 1 with pacing.",
				bounds = "1 or more") Long burst,
		@RuleField("Has calls wait for their turn, in the order in which they came.") @Nullable Pacing pacing,
		@RuleField(value = "How long the rate grows from a third of the limit, at the start and after a pause.",
				bounds = "1s to 1h") @Nullable Duration warmUp,
		@RuleField(value = "Other limits, by value of the key.",
				bounds = "up to 1000 keys") Map<String, KeyLimit> overrides,
		@RuleField(value = "Whether admitted inbound calls are told of their quota too; rejected ones always are.",
				defaultValue = "false") boolean headers,
		@RuleField(value = "How many keys are kept apart; further ones share one limit.", defaultValue = "10000",
				bounds = "1 to 1000000") Integer maxKeys,
		@RuleField(value = "Who shares the limit: nobody, or all instances by the store.",
				defaultValue = "instance") Scope scope,
		@RuleField(value = "What becomes of calls while the store is away: each instance admits its share, or all are "
				+ "admitted or rejected.", defaultValue = "local-share") OnStoreFailure onStoreFailure)
		implements
			Rule {

	/**
	 * Sets the defaults. The same overrides must print the same in every process:
	 * revisions are made of it.
	 */
	public RateLimitRule {
		match = (match != null) ? match : Match.ANY;
		enforcement = (enforcement != null) ? enforcement : Enforcement.ENFORCED;
		per = (per != null) ? per : Duration.ofSeconds(1);
		burst = (burst != null) ? burst : Long.valueOf((pacing != null) ? 1 : limit);
		overrides = (overrides != null) ? Collections.unmodifiableMap(new TreeMap<>(overrides)) : Map.of();
		maxKeys = (maxKeys != null) ? maxKeys : Integer.valueOf(10_000);
		scope = (scope != null) ? scope : Scope.INSTANCE;
		onStoreFailure = (onStoreFailure != null) ? onStoreFailure : OnStoreFailure.LOCAL_SHARE;
	}

	Rate rate() {
		return rate(this.limit, this.burst);
	}

	Rate rate(KeyLimit override) {
		Long written = override.burst();
		long atOnce = (this.pacing != null) ? 1 : override.limit();
		return rate(override.limit(), (written != null) ? written : atOnce);
	}

	private Rate rate(long calls, long atOnce) {
		return new Rate(calls, this.per, atOnce, (this.warmUp != null) ? this.warmUp : Duration.ZERO,
				(this.pacing != null) ? this.pacing.maxWait() : Duration.ZERO);
	}

	/**
	 * Whether keys that neither of both overrides are limited the same.
	 */
	boolean hasSameBaseAs(RateLimitRule other) {
		return rate().equals(other.rate()) && this.maxKeys.equals(other.maxKeys) && hasSameKeyAs(other)
				&& isSharedAs(other);
	}

	boolean isSharedAs(RateLimitRule other) {
		return this.scope == other.scope && this.onStoreFailure == other.onStoreFailure;
	}

	boolean hasSameKeyAs(RateLimitRule other) {
		return Objects.equals(this.key, other.key);
	}

	/**
	 * Whether the other rule differs in match, priority or enforcement at most.
	 */
	boolean behavesAs(RateLimitRule other) {
		return hasSameBaseAs(other) && this.headers == other.headers && this.overrides.equals(other.overrides);
	}

	/**
	 * Who shares a limit.
	 */
	public enum Scope {

		/** Nobody: each instance of the service has the limit for itself. */
		INSTANCE,

		/** All instances of the service, by a store that they share. */
		CLUSTER

	}

	/**
	 * What becomes of calls while the shared store does not answer.
	 */
	public enum OnStoreFailure {

		/** Each instance admits its share of the limit. */
		LOCAL_SHARE,

		/** All calls are admitted. */
		OPEN,

		/** All calls are rejected. */
		CLOSED

	}

}
