// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.admission;

import java.util.concurrent.Future;

import org.jspecify.annotations.Nullable;

/**
 * Runs code later, on a thread of its own. Implementations are thread-safe.
 */
@FunctionalInterface
public interface Timer {

	/**
	 * Runs a task after a time.
	 * @param task the task
	 * @param nanos the time, in nanoseconds
	 * @return to be cancelled when the task need not run any more, which it may all the
	 * same; {@code null} if the timer is closed, and the task will not run
	 */
	@Nullable Future<?> after(Runnable task, long nanos);

}
