// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.admission;

import io.governance.execution.Deadline;
import io.governance.time.TimeSource;
import org.jspecify.annotations.Nullable;

/**
 * How long a call may wait.
 *
 * @param time the clock
 * @param deadline until when somebody waits for the call, on that clock; {@code null} for
 * no bound
 */
public record Patience(TimeSource time, @Nullable Deadline deadline) {

	/**
	 * Whether any time is left after a wait.
	 * @param waitNanos the wait, in nanoseconds
	 * @return whether there is
	 */
	public boolean allows(long waitNanos) {
		return this.deadline == null || this.deadline.remainingNanos(this.time) > waitNanos;
	}

	/**
	 * How long a wait for somebody else may be.
	 * @param nanos the longest it may be in any case, in nanoseconds
	 * @return nanoseconds, not negative
	 */
	public long bound(long nanos) {
		return (this.deadline == null) ? nanos : Math.max(0, Math.min(nanos, this.deadline.remainingNanos(this.time)));
	}

}
