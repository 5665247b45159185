// SPDX-License-Identifier: Apache-2.0

package io.governance.policy.adaptivebreaker;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.ReentrantLock;

import io.governance.keyed.KeyedState;
import io.governance.match.OutcomeMatch;
import io.governance.policy.Decision;
import io.governance.policy.Outcome;
import io.governance.policy.Permit;
import io.governance.rule.StateDisplay;
import org.jspecify.annotations.Nullable;

/**
 * The breaker of one key: what its throttle decides, as a decision with a permit, and
 * what is shown of it. One permit is shared by all calls: nothing is held per call.
 */
final class KeyBreaker implements KeyedState {

	static final String PASSING = "passing";

	static final String THROTTLING = "throttling";

	private final String key;

	private final List<OutcomeMatch> failureOn;

	private final Throttle throttle;

	private final Decision admitted = new Decision.Admitted(new Permit.Shared(this::release));

	/** Taken when what is shown changes, not by each call. */
	private final ReentrantLock showing = new ReentrantLock();

	private volatile @Nullable Shown shown;

	private boolean dropped;

	KeyBreaker(String key, List<OutcomeMatch> failureOn, Throttle throttle) {
		this.key = key;
		this.failureOn = failureOn;
		this.throttle = throttle;
	}

	/**
	 * Asks for a permit.
	 * @param formula how large a share is held back
	 * @param display where the state is shown
	 * @return the shared admission, or {@code null} when the call is held back
	 */
	@Nullable Decision tryAcquire(DropRatio formula, StateDisplay display) {
		boolean passes = this.throttle.tryPass(formula);
		Shown seen = this.shown;
		if (seen == null || seen.throttling() != this.throttle.isThrottling() || seen.display() != display) {
			show(display);
		}
		return passes ? this.admitted : null;
	}

	double foresee(DropRatio formula) {
		return this.throttle.foresee(formula);
	}

	/**
	 * Shows what holds now: of two callers that come with different news the last one
	 * must not show old news.
	 */
	private void show(StateDisplay display) {
		this.showing.lock();
		try {
			if (!this.dropped) {
				boolean throttling = this.throttle.isThrottling();
				display.show(this.key, name(throttling));
				this.shown = new Shown(display, throttling);
			}
		}
		finally {
			this.showing.unlock();
		}
	}

	private static String name(boolean throttling) {
		return throttling ? THROTTLING : PASSING;
	}

	private void release(Outcome outcome) {
		if (outcome.ignored()) {
			this.throttle.forgo();
		}
		else if (OutcomeMatch.any(this.failureOn, outcome)) {
			this.throttle.fail();
		}
		else {
			this.throttle.succeed();
		}
	}

	@Override
	public boolean isIdle() {
		return this.throttle.isIdle();
	}

	@Override
	public void dropped() {
		this.showing.lock();
		try {
			this.dropped = true;
			Shown last = this.shown;
			if (last != null) {
				last.display().forget(this.key);
			}
		}
		finally {
			this.showing.unlock();
		}
	}

	String describe(DropRatio formula) {
		Throttle.Reading reading = this.throttle.read(formula);
		return String.format(Locale.ROOT, "%s,accepts=%d,total=%d,ratio=%.3f", name(reading.throttling()),
				reading.accepts(), reading.total(), reading.ratio());
	}

	/**
	 * What is shown, and where.
	 */
	private record Shown(StateDisplay display, boolean throttling) {
	}

}
