// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.inbound;

import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * Answers calls whose time is up while the thread of their handler is at work. One
 * thread, which is there only while there are calls with a deadline. Thread-safe.
 */
public final class DeadlineTimer implements AutoCloseable {

	private static final long IDLE_SECONDS = 10;

	private final ScheduledThreadPoolExecutor executor;

	/**
	 * Creates a timer.
	 */
	public DeadlineTimer() {
		this.executor = new ScheduledThreadPoolExecutor(1, (task) -> {
			Thread thread = new Thread(task, "governance-deadline");
			thread.setDaemon(true);
			return thread;
		});
		this.executor.setRemoveOnCancelPolicy(true);
		this.executor.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
		this.executor.allowCoreThreadTimeOut(true);
	}

	/**
	 * Runs a task after a time.
	 * @param task the task
	 * @param nanos the time, in nanoseconds
	 * @return to be cancelled when the task need not run any more; {@code null} if the
	 * timer is closed
	 */
	public @Nullable Future<?> after(Runnable task, long nanos) {
		try {
			return this.executor.schedule(task, nanos, TimeUnit.NANOSECONDS);
		}
		catch (RejectedExecutionException ex) {
			return null;
		}
	}

	@Override
	public void close() {
		this.executor.shutdownNow();
	}

}
