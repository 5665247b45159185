// SPDX-License-Identifier: Apache-2.0

package io.governance.policy.circuitbreaker;

import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.governance.match.CallKey;
import io.governance.match.OutcomeTest;
import io.governance.policy.Outcome;
import io.governance.rule.PolicyContext;
import io.governance.rule.StateDisplay;
import io.governance.time.TimeSource;

/**
 * What all breakers of a rule share.
 *
 * @param rule the rule
 * @param context what its policy works with
 * @param opened counts openings
 * @param states where states are shown: only those of services, since every state becomes
 * a time series
 * @param config the same for Resilience4j
 */
record BreakerTerms(CircuitBreakerRule rule, PolicyContext context, LongAdder opened, StateDisplay states,
		CircuitBreakerConfig config) {

	/** Longer than any call: Resilience4j cannot be told to look at no slow calls. */
	private static final Duration NEVER_SLOW = Duration.ofDays(36_500);

	static BreakerTerms of(CircuitBreakerRule rule, PolicyContext context) {
		boolean byService = rule.key().source() == CallKey.Source.SERVICE;
		return new BreakerTerms(rule, context, context.events().apply(CircuitBreakerRuleType.OPENED),
				byService ? context.states() : StateDisplay.NONE, config(rule, context.time()));
	}

	String name() {
		return this.context.rule();
	}

	TimeSource time() {
		return this.context.time();
	}

	void show(String key, State state) {
		this.states.show(key, state.name().toLowerCase(Locale.ROOT).replace('_', '-'));
	}

	private static CircuitBreakerConfig config(CircuitBreakerRule rule, TimeSource time) {
		Duration window = rule.window();
		boolean timed = window != null;
		int windowSize = (window != null) ? (int) window.toSeconds() : rule.windowSize();
		OutcomeTest failures = new OutcomeTest(rule.failureOn());
		CircuitBreakerConfig.Builder config = CircuitBreakerConfig.custom()
			.failureRateThreshold(rule.failureRate())
			.minimumNumberOfCalls(timed ? rule.minimumCalls() : Math.min(rule.minimumCalls(), windowSize))
			.slidingWindowSize(windowSize)
			.slidingWindowType(timed ? SlidingWindowType.TIME_BASED : SlidingWindowType.COUNT_BASED)
			.waitDurationInOpenState(rule.openFor())
			.permittedNumberOfCallsInHalfOpenState(rule.probes())
			.writableStackTraceEnabled(false)
			.recordResult((outcome) -> failures.matches((Outcome) outcome))
			.clock(new MonotonicClock(time))
			.currentTimestampFunction((clock) -> time.nanoTime(), TimeUnit.NANOSECONDS);
		return config.slowCallDurationThreshold((rule.slowCall() != null) ? rule.slowCall() : NEVER_SLOW)
			.slowCallRateThreshold(rule.slowCallRate())
			.build();
	}

}
