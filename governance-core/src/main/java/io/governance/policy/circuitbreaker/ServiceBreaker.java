// SPDX-License-Identifier: Apache-2.0

package io.governance.policy.circuitbreaker;

import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.event.CircuitBreakerOnStateTransitionEvent;
import io.governance.match.OutcomeMatch;
import io.governance.policy.Decision;
import io.governance.policy.Outcome;
import io.governance.rule.PolicyContext;
import io.governance.rule.StateDisplay;
import io.governance.time.TimeSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Resilience4j's state machine for one service, on our clock. Two permits, for probes and
 * for all other calls, are shared by all calls: nothing is held per call. Calls that were
 * let in before the breaker opened neither decide what the probes are there to find out,
 * nor make room for more probes. A half-open breaker cannot get stuck, since each probe's
 * permit comes back, whatever became of the probe; so Resilience4j's own timer, which
 * would need a hidden thread, is not used.
 */
final class ServiceBreaker {

	/** Longer than any call: Resilience4j cannot be told to look at no slow calls. */
	private static final Duration NEVER_SLOW = Duration.ofDays(36_500);

	private static final Logger logger = LoggerFactory.getLogger(ServiceBreaker.class);

	private final String service;

	private final String rule;

	private final CircuitBreaker breaker;

	private final TimeSource time;

	private final long openNanos;

	private final LongAdder opened;

	private final Decision admitted = new Decision.Admitted(this::releaseCall);

	private final Decision probing = new Decision.Admitted(this::releaseProbe);

	private final StateDisplay states;

	private volatile long openedAt;

	ServiceBreaker(String service, CircuitBreakerRule rule, PolicyContext context) {
		this.service = service;
		this.rule = context.rule();
		this.time = context.time();
		// Resilience4j cuts it to milliseconds, and waits for the clock to be past it
		this.openNanos = TimeUnit.MILLISECONDS.toNanos(rule.openFor().toMillis()) + 1;
		this.opened = context.events().apply(CircuitBreakerRuleType.OPENED);
		this.breaker = CircuitBreaker.of(service, config(rule, context.time()));
		this.states = context.states();
		this.states.show(service, name(State.CLOSED));
		this.breaker.getEventPublisher().onStateTransition(this::onTransition);
	}

	private static String name(State state) {
		return state.name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	private static CircuitBreakerConfig config(CircuitBreakerRule rule, TimeSource time) {
		Duration window = rule.window();
		boolean timed = window != null;
		int windowSize = (window != null) ? (int) window.toSeconds() : rule.windowSize();
		CircuitBreakerConfig.Builder config = CircuitBreakerConfig.custom()
			.failureRateThreshold(rule.failureRate())
			.minimumNumberOfCalls(timed ? rule.minimumCalls() : Math.min(rule.minimumCalls(), windowSize))
			.slidingWindowSize(windowSize)
			.slidingWindowType(timed ? SlidingWindowType.TIME_BASED : SlidingWindowType.COUNT_BASED)
			.waitDurationInOpenState(rule.openFor())
			.permittedNumberOfCallsInHalfOpenState(rule.probes())
			.writableStackTraceEnabled(false)
			.recordResult((outcome) -> isFailure(rule, (Outcome) outcome))
			.clock(new MonotonicClock(time))
			.currentTimestampFunction((clock) -> time.nanoTime(), TimeUnit.NANOSECONDS);
		return config.slowCallDurationThreshold((rule.slowCall() != null) ? rule.slowCall() : NEVER_SLOW)
			.slowCallRateThreshold(rule.slowCallRate())
			.build();
	}

	private static boolean isFailure(CircuitBreakerRule rule, Outcome outcome) {
		for (OutcomeMatch failure : rule.failureOn()) {
			if (failure.matches(outcome)) {
				return true;
			}
		}
		return false;
	}

	private void onTransition(CircuitBreakerOnStateTransitionEvent event) {
		State from = event.getStateTransition().getFromState();
		State to = event.getStateTransition().getToState();
		if (to == State.OPEN) {
			this.openedAt = this.time.nanoTime();
			this.opened.increment();
		}
		this.states.show(this.service, name(to));
		logger.atLevel((to == State.OPEN) ? Level.WARN : Level.INFO)
			.log("circuit breaker: rule={} service={} from={} to={}", this.rule, this.service, from, to);
	}

	/**
	 * Asks for a permit.
	 * @return the shared admission, or {@code null} when there is none
	 */
	@Nullable Decision tryAcquire() {
		if (!this.breaker.tryAcquirePermission()) {
			return null;
		}
		return (state() == State.HALF_OPEN) ? this.probing : this.admitted;
	}

	long nanosUntilProbe() {
		return (this.breaker.getState() == State.OPEN)
				? Math.max(0, this.openedAt + this.openNanos - this.time.nanoTime()) : 0;
	}

	private void releaseCall(Outcome outcome) {
		if (!outcome.ignored() && state() != State.HALF_OPEN) {
			record(outcome);
		}
	}

	private void releaseProbe(Outcome outcome) {
		if (outcome.ignored()) {
			this.breaker.releasePermission();
		}
		else {
			record(outcome);
		}
	}

	private void record(Outcome outcome) {
		this.breaker.onResult(outcome.nanos(), TimeUnit.NANOSECONDS, outcome);
	}

	State state() {
		return this.breaker.getState();
	}

}
