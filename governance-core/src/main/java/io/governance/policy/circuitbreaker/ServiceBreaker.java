// SPDX-License-Identifier: Apache-2.0

package io.governance.policy.circuitbreaker;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.github.resilience4j.circuitbreaker.event.CircuitBreakerOnStateTransitionEvent;
import io.governance.match.OutcomeMatch;
import io.governance.policy.Outcome;
import io.governance.policy.Permit;
import io.governance.rule.PolicyContext;
import io.governance.time.TimeSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Resilience4j's state machine for one service, on our clock. It is the permit of the
 * calls it admits: it holds nothing per call. A half-open breaker cannot get stuck, since
 * each probe's permit comes back, whatever became of the probe; so Resilience4j's own
 * timer, which would need a hidden thread, is not used.
 */
final class ServiceBreaker implements Permit {

	private static final Logger logger = LoggerFactory.getLogger(ServiceBreaker.class);

	private final String service;

	private final String rule;

	private final CircuitBreaker breaker;

	private final TimeSource time;

	private final long openNanos;

	private final LongAdder opened;

	private volatile long openedAt;

	ServiceBreaker(String service, CircuitBreakerRule rule, PolicyContext context) {
		this.service = service;
		this.rule = context.rule();
		this.time = context.time();
		this.openNanos = rule.openFor().toNanos();
		this.opened = context.events().apply(CircuitBreakerRuleType.OPENED);
		this.breaker = CircuitBreaker.of(service, config(rule, context.time()));
		this.breaker.getEventPublisher().onStateTransition(this::onTransition);
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
		if (rule.slowCall() != null) {
			config.slowCallDurationThreshold(rule.slowCall()).slowCallRateThreshold(rule.slowCallRate());
		}
		return config.build();
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
		logger.atWarn().log("circuit breaker: rule={} service={} from={} to={}", this.rule, this.service, from, to);
	}

	boolean tryAcquire() {
		return this.breaker.tryAcquirePermission();
	}

	long nanosUntilProbe() {
		return (this.breaker.getState() == State.OPEN)
				? Math.max(0, this.openedAt + this.openNanos - this.time.nanoTime()) : 0;
	}

	@Override
	public void release(Outcome outcome) {
		if (outcome.ignored()) {
			this.breaker.releasePermission();
		}
		else {
			this.breaker.onResult(outcome.nanos(), TimeUnit.NANOSECONDS, outcome);
		}
	}

	State state() {
		return this.breaker.getState();
	}

}
