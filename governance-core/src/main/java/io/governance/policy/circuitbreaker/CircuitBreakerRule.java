// SPDX-License-Identifier: Apache-2.0

package io.governance.policy.circuitbreaker;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

import io.governance.match.CallKey;
import io.governance.match.Match;
import io.governance.match.OutcomeMatch;
import io.governance.policy.Enforcement;
import io.governance.rule.Rule;
import io.governance.schema.RuleField;
import org.jspecify.annotations.Nullable;

/**
 * Stops calls to a service that fails.
 *
 * @param match which calls it is for
 * @param enforcement what it may do
 * @param priority breaks ties between equally specific rules
 * @param key what has a breaker of its own; the called service by default
 * @param failureRate opens at this share of failures, in percent; 50 by default
 * @param slowCall calls that take longer are slow; not looked at by default
 * @param slowCallRate opens at this share of slow calls, in percent; 100 by default
 * @param minimumCalls calls that must be seen before it may open; 20 by default
 * @param windowSize how many calls are looked back at; 100 by default
 * @param window how long is looked back instead, in whole seconds
 * @param openFor how long it stays open before it probes; 10 s by default
 * @param probes how many calls may probe; 5 by default
 * @param failureOn what counts as a failure; connect, reset, timeout, error and 5xx by
 * default
 * @param maxKeys how many keys are kept apart; 1,000 by default
 * @param force what all breakers of the rule are to be, whatever they have seen; nothing
 * by default
 */
public record CircuitBreakerRule(@RuleField("Which calls the rule is for.") Match match,
		@RuleField(value = "What the rule may do.", defaultValue = "ENFORCED") Enforcement enforcement,
		@RuleField(value = "Breaks ties between equally specific rules.", defaultValue = "0") int priority,
		@RuleField(value = "What has a breaker of its own: " + CallKey.EXPECTED + ".",
				defaultValue = "service") CallKey key,
		@RuleField(value = "Opens at this share of failures, in percent.", defaultValue = "50",
				bounds = "1 to 100") Float failureRate,
		@RuleField(value = "Calls that take longer are slow; not looked at when not set.",
				bounds = "1ms to 1d") @Nullable Duration slowCall,
		@RuleField(value = "Opens at this share of slow calls, in percent.", defaultValue = "100",
				bounds = "1 to 100") Float slowCallRate,
		@RuleField(value = "Calls that must be seen before it may open.", defaultValue = "20",
				bounds = "1 or more") Integer minimumCalls,
		@RuleField(value = "How many calls are looked back at.", defaultValue = "100",
				bounds = "1 to 10000") Integer windowSize,
		@RuleField(value = "How long is looked back instead, in whole seconds.",
				bounds = "1s to 10m") @Nullable Duration window,
		@RuleField(value = "How long it stays open before it probes.", defaultValue = "10s",
				bounds = "1ms to 1d") Duration openFor,
		@RuleField(value = "How many calls may probe.", defaultValue = "5", bounds = "1 to 10000") Integer probes,
		@RuleField(value = "What counts as a failure: " + OutcomeMatch.EXPECTED + ".",
				defaultValue = "connect, reset, timeout, error, 5xx") List<OutcomeMatch> failureOn,
		@RuleField(value = "How many keys are kept apart; further ones share one breaker.", defaultValue = "1000",
				bounds = "1 to 100000") Integer maxKeys,
		@RuleField("What the breakers are to be, whatever they have seen.") @Nullable Force force) implements Rule {

	/** What the breakers are to be, whatever they have seen. */
	public enum Force {

		/** Nothing passes. */
		OPEN,

		/** Everything passes. */
		CLOSED

	}

	private static final CallKey SERVICE = new CallKey(CallKey.Source.SERVICE, null);

	private static final List<OutcomeMatch> FAILURES = List.of(new OutcomeMatch("connect"), new OutcomeMatch("reset"),
			new OutcomeMatch("timeout"), new OutcomeMatch("error"), new OutcomeMatch("5xx"));

	/**
	 * Sets the defaults.
	 */
	public CircuitBreakerRule {
		match = (match != null) ? match : Match.ANY;
		enforcement = (enforcement != null) ? enforcement : Enforcement.ENFORCED;
		key = (key != null) ? key : SERVICE;
		failureRate = (failureRate != null) ? failureRate : Float.valueOf(50);
		slowCallRate = (slowCallRate != null) ? slowCallRate : Float.valueOf(100);
		minimumCalls = (minimumCalls != null) ? minimumCalls : Integer.valueOf(20);
		windowSize = (windowSize != null) ? windowSize : Integer.valueOf(100);
		openFor = (openFor != null) ? openFor : Duration.ofSeconds(10);
		probes = (probes != null) ? probes : Integer.valueOf(5);
		failureOn = (failureOn != null && !failureOn.isEmpty()) ? List.copyOf(failureOn) : FAILURES;
		maxKeys = (maxKeys != null) ? maxKeys : Integer.valueOf(1_000);
	}

	/**
	 * How many calls, or seconds of them, a breaker looks back at: what it costs in
	 * memory.
	 */
	long lookedBackAt() {
		return (this.window != null) ? this.window.toSeconds() : this.windowSize;
	}

	/**
	 * Whether the breakers made from the other rule are the same and behave the same.
	 */
	boolean behavesAs(CircuitBreakerRule other) {
		return behaviour().equals(other.behaviour());
	}

	private List<Object> behaviour() {
		return List.of(this.key, this.maxKeys, this.failureRate,
				Objects.requireNonNullElse(this.slowCall, Duration.ZERO), this.slowCallRate, this.minimumCalls,
				this.windowSize, Objects.requireNonNullElse(this.window, Duration.ZERO), this.openFor, this.probes,
				this.failureOn);
	}

}
