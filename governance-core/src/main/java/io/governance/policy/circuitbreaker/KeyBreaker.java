// SPDX-License-Identifier: Apache-2.0

package io.governance.policy.circuitbreaker;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.governance.keyed.KeyedState;
import io.governance.keyed.KeyedStates;
import io.governance.policy.Decision;
import io.governance.policy.Outcome;
import io.governance.policy.Permit;
import io.governance.time.TimeSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Resilience4j's state machine for one key, on our clock. Two permits, for probes and for
 * all other calls, are shared by all calls: nothing is held per call. Calls that were let
 * in before the breaker opened neither decide what the probes are there to find out, nor
 * make room for more probes. A half-open breaker cannot get stuck: each probe's permit
 * comes back, whatever became of the probe, and probes that do not end are replaced; so
 * Resilience4j's own timer, which would need a hidden thread, is not used. Nor are its
 * events: with one listener it makes one for each call that ends. Its state changes only
 * as it is asked or told, so it is looked at before and after that.
 */
final class KeyBreaker implements KeyedState {

	/**
	 * How long nobody asks until what is under way is over, and a breaker that has seen
	 * nothing bad says no more than a new one.
	 */
	private static final long QUIET_NANOS = TimeUnit.MINUTES.toNanos(1);

	/**
	 * How long nobody asks until whatever a breaker has seen is of no use, unless it is
	 * to stay open for longer.
	 */
	private static final long FORGOTTEN_NANOS = TimeUnit.MINUTES.toNanos(10);

	private static final Pattern CONTROLS = Pattern.compile("[\\p{Cntrl}\\x{85}\\x{2028}\\x{2029}]");

	private static final Logger logger = LoggerFactory.getLogger(KeyBreaker.class);

	private final String key;

	private final BreakerTerms terms;

	private final CircuitBreaker breaker;

	private final TimeSource time;

	private final long openNanos;

	private final Decision admitted = new Decision.Admitted(new Permit.Shared(this::releaseCall));

	private final ReentrantLock noting = new ReentrantLock();

	/** The state that was noted last. */
	private volatile State noted = State.CLOSED;

	private volatile long openedAt;

	private volatile Probes probes;

	/** Set by calls, which would else all write the time to one place. */
	private volatile boolean asked = true;

	private volatile long askedBefore;

	private volatile boolean dropped;

	KeyBreaker(String key, BreakerTerms terms) {
		this.key = key;
		this.terms = terms;
		this.time = terms.time();
		// Resilience4j cuts it to milliseconds, and waits for the clock to be past it
		this.openNanos = TimeUnit.MILLISECONDS.toNanos(terms.rule().openFor().toMillis()) + 1;
		this.breaker = CircuitBreaker.of(key, terms.config());
		this.probes = new Probes(0, this.time.nanoTime(), this::releaseProbe);
		if (!key.equals(KeyedStates.SHARED)) {
			terms.show(key, State.CLOSED);
		}
	}

	private void note() {
		if (state() == this.noted) {
			return;
		}
		this.noting.lock();
		try {
			State from = this.noted;
			State to = state();
			if (to != from) {
				this.noted = to;
				changed(from, to);
			}
		}
		finally {
			this.noting.unlock();
		}
	}

	private void changed(State from, State to) {
		if (to != State.HALF_OPEN) {
			this.probes.clear();
		}
		if (to == State.OPEN) {
			this.openedAt = this.time.nanoTime();
			this.terms.opened().increment();
		}
		if (this.dropped) {
			return;
		}
		this.terms.show(this.key, to);
		// a key comes from the caller, and may bring line breaks along
		logger.atLevel((to == State.OPEN) ? Level.WARN : Level.INFO)
			.log("circuit breaker: rule={} {}={} from={} to={}", this.terms.name(), this.terms.rule().key(),
					CONTROLS.matcher(this.key).replaceAll("?"), from, to);
	}

	/**
	 * Asks for a permit.
	 * @return the shared admission, or {@code null} when there is none
	 */
	@Nullable Decision tryAcquire() {
		if (!this.asked) {
			this.asked = true;
		}
		note();
		boolean permitted = this.breaker.tryAcquirePermission()
				|| (areProbesLost() && replaceProbes() && this.breaker.tryAcquirePermission());
		note();
		if (!permitted) {
			return null;
		}
		if (state() != State.HALF_OPEN) {
			return this.admitted;
		}
		return this.probes.letIn(this.time.nanoTime());
	}

	/**
	 * Whether none was let in for so long that those that are out do not end: of some
	 * calls nobody bounds the time.
	 */
	private boolean areProbesLost() {
		return state() == State.HALF_OPEN
				&& this.time.nanoTime() - this.probes.lastAt() >= Math.max(QUIET_NANOS, this.openNanos);
	}

	private boolean replaceProbes() {
		this.noting.lock();
		try {
			if (areProbesLost()) {
				int ended = this.breaker.getMetrics().getNumberOfBufferedCalls();
				int known = this.probes.out();
				this.probes = new Probes(ended, this.time.nanoTime(), this::releaseProbe);
				IntStream.range(ended, known).forEach((probe) -> this.breaker.releasePermission());
			}
			return true;
		}
		finally {
			this.noting.unlock();
		}
	}

	/**
	 * Whether {@link #tryAcquire()} would give a permit now. Resilience4j tells of no
	 * probes, and can be asked for one only by taking it.
	 */
	boolean wouldAdmit() {
		return switch (state()) {
			case OPEN -> nanosUntilProbe() == 0;
			case HALF_OPEN -> this.probes.out() < this.terms.rule().probes() || areProbesLost();
			default -> true;
		};
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

	private void releaseProbe(Probes released, Outcome outcome) {
		if (released != this.probes) {
			releaseCall(outcome);
		}
		else if (outcome.ignored()) {
			if (state() == State.HALF_OPEN) {
				released.giveBack();
			}
			this.breaker.releasePermission();
		}
		else {
			record(outcome);
		}
	}

	private void record(Outcome outcome) {
		note();
		this.breaker.onResult(outcome.nanos(), TimeUnit.NANOSECONDS, outcome);
		note();
	}

	State state() {
		return this.breaker.getState();
	}

	@Override
	public boolean isIdle() {
		if (this.asked) {
			return false;
		}
		long quiet = this.time.nanoTime() - this.askedBefore;
		return quiet >= Math.max(FORGOTTEN_NANOS, this.openNanos) || (quiet >= QUIET_NANOS && hasSeenNothingBad());
	}

	/**
	 * What was asked for since the last sweep was asked for now.
	 */
	@Override
	public void kept() {
		if (this.asked) {
			this.asked = false;
			this.askedBefore = this.time.nanoTime();
		}
	}

	private boolean hasSeenNothingBad() {
		CircuitBreaker.Metrics seen = this.breaker.getMetrics();
		return state() == State.CLOSED && seen.getNumberOfFailedCalls() == 0 && seen.getNumberOfSlowCalls() == 0;
	}

	@Override
	public void dropped() {
		this.dropped = true;
		this.terms.states().forget(this.key);
	}

}
