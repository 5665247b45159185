// SPDX-License-Identifier: Apache-2.0

package io.governance.observation.sampling;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

import io.governance.time.RollingCount;
import io.governance.time.TimeSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells whether errors are frequent: the share of failed calls in a rolling window of
 * whole seconds, looked at ten times a second at most. Thread-safe without locks.
 */
final class ErrorWindow {

	private static final Logger logger = LoggerFactory.getLogger(ErrorWindow.class);

	private static final long CHECK_NANOS = 100_000_000L;

	private final ErrorRaise settings;

	private final String rule;

	private final TimeSource time;

	private final RollingCount calls;

	private final RollingCount failures;

	private final AtomicLong nextCheck;

	private final AtomicBoolean raised = new AtomicBoolean();

	ErrorWindow(ErrorRaise settings, String rule, TimeSource time) {
		this.settings = settings;
		this.rule = rule;
		this.time = time;
		int seconds = (int) Math.max(1, settings.window().toSeconds());
		this.calls = new RollingCount(time, seconds);
		this.failures = new RollingCount(time, seconds);
		this.nextCheck = new AtomicLong(time.nanoTime());
	}

	ErrorRaise settings() {
		return this.settings;
	}

	void count(boolean failed) {
		this.calls.increment();
		if (failed) {
			this.failures.increment();
		}
	}

	boolean isRaised() {
		long now = this.time.nanoTime();
		long due = this.nextCheck.get();
		if (now - due >= 0 && this.nextCheck.compareAndSet(due, now + CHECK_NANOS)) {
			check();
		}
		return this.raised.get();
	}

	private void check() {
		long all = this.calls.sum();
		double share = share(all);
		boolean high = all >= this.settings.minimumCalls() && share > this.settings.above();
		if (this.raised.compareAndSet(!high, high)) {
			logger.info("sampling {}: rule={} errors={} of {} calls", high ? "raised" : "back to normal", this.rule,
					percent(share), all);
		}
	}

	private double share(long all) {
		return (all > 0) ? (double) this.failures.sum() / all : 0;
	}

	private static String percent(double share) {
		return Math.round(share * 100) + "%";
	}

	String state() {
		return "errors=" + percent(share(this.calls.sum())) + (this.raised.get() ? " raised" : "");
	}

}
