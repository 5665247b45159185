// SPDX-License-Identifier: Apache-2.0

package io.governance.policy.loadshedding;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import io.governance.policy.Decision;
import io.governance.policy.Outcome;
import io.governance.policy.Permit;
import io.governance.time.TimeSource;

/**
 * The calls of a rule, whatever their priority: how many are in flight, from admission to
 * release, how many there were on average, and what was answered. The average moves when
 * a call ends, and at no other time. Outlives changes of the rule.
 */
final class Traffic {

	private static final double KEPT = 0.9;

	private static final double FLOOD = 1.5;

	private static final int UNAVAILABLE = 503;

	private final AtomicInteger inFlight = new AtomicInteger();

	private final AtomicLong averageBits = new AtomicLong();

	private final PassWindow window;

	private final Decision admitted = new Decision.Admitted(new Permit.Shared(this::end));

	Traffic(TimeSource time) {
		this.window = new PassWindow(time);
	}

	/**
	 * A call begins.
	 * @return its admission, the same for all calls
	 */
	Decision begin() {
		this.inFlight.incrementAndGet();
		return this.admitted;
	}

	private void end(Outcome outcome) {
		int left = this.inFlight.decrementAndGet();
		moveAverage(left);
		if (isAnswered(outcome)) {
			this.window.add(millis(outcome.nanos()));
		}
	}

	private void moveAverage(int left) {
		long before;
		long after;
		do {
			before = this.averageBits.get();
			after = Double.doubleToRawLongBits(Double.longBitsToDouble(before) * KEPT + left * (1 - KEPT));
		}
		while (!this.averageBits.compareAndSet(before, after));
	}

	/**
	 * What was turned away behind this rule, given up or not answered in time says
	 * nothing of what the process can do.
	 */
	private static boolean isAnswered(Outcome outcome) {
		return switch (outcome.kind()) {
			case RESPONSE -> outcome.status() != UNAVAILABLE;
			case ERROR -> true;
			default -> false;
		};
	}

	private static long millis(long nanos) {
		return Math.max(0, nanos / 1_000_000 + ((nanos % 1_000_000 > 0) ? 1 : 0));
	}

	/**
	 * Whether there are more calls than that, and were on average. In a flood half of
	 * that on average will do: the average moves when calls end, and too many begin
	 * meanwhile.
	 */
	boolean exceeds(double limit) {
		int present = this.inFlight.get();
		return present > limit && average() > ((present > FLOOD * limit) ? limit / 2 : limit);
	}

	int inFlight() {
		return this.inFlight.get();
	}

	double average() {
		return Double.longBitsToDouble(this.averageBits.get());
	}

	double maxFlight() {
		return this.window.maxFlight();
	}

	/**
	 * Whether calls take longer than they can.
	 */
	boolean isSlow() {
		return this.window.best().isSlow();
	}

}
