// SPDX-License-Identifier: Apache-2.0

package io.governance.engine;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

import io.governance.time.TimeSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says that a policy fails: the first time with its error, then at most once a minute
 * with the number of those in between, since a policy that fails does so with every call.
 * Thread-safe.
 */
final class FailureReport {

	private static final Logger logger = LoggerFactory.getLogger(PolicyEngine.class);

	private static final long PAUSE_NANOS = TimeUnit.MINUTES.toNanos(1);

	private final String rule;

	private final TimeSource time;

	private final AtomicLong dueNanos;

	private final LongAdder unsaid = new LongAdder();

	FailureReport(String rule, TimeSource time) {
		this.rule = rule;
		this.time = time;
		this.dueNanos = new AtomicLong(time.nanoTime());
	}

	/**
	 * Notes a failure.
	 * @param what what failed, and what that means for the call
	 * @param error why; {@code null} where nobody knows
	 */
	void failed(String what, @Nullable Throwable error) {
		long due = this.dueNanos.get();
		long now = this.time.nanoTime();
		if (now - due < 0 || !this.dueNanos.compareAndSet(due, now + PAUSE_NANOS)) {
			this.unsaid.increment();
			return;
		}
		logger.atError().setCause(error).log("{}: rule={} unsaid={}", what, this.rule, this.unsaid.sumThenReset());
	}

}
