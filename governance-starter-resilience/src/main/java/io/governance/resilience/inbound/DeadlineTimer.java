// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.inbound;

import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import io.governance.resilience.admission.Timer;
import org.jspecify.annotations.Nullable;

/**
 * Answers calls whose time is up while the thread of their handler is at work. One thread
 * keeps the time, a few answer: a caller that does not read holds up the one that writes
 * to it. They are there only while there are calls with a deadline. Calls of gRPC, which
 * hold no thread, go on here after a wait. Thread-safe.
 */
public final class DeadlineTimer implements Timer, AutoCloseable {

	private static final long IDLE_SECONDS = 10;

	private static final int ANSWERING = 4;

	private final ScheduledThreadPoolExecutor timer;

	private final ThreadPoolExecutor answering;

	/**
	 * Creates a timer.
	 */
	public DeadlineTimer() {
		this.timer = new ScheduledThreadPoolExecutor(1, (task) -> daemon(task, "governance-deadline-timer"));
		this.timer.setRemoveOnCancelPolicy(true);
		this.timer.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
		this.timer.allowCoreThreadTimeOut(true);
		// the queue is bounded by the calls in flight
		this.answering = new ThreadPoolExecutor(ANSWERING, ANSWERING, IDLE_SECONDS, TimeUnit.SECONDS,
				new LinkedBlockingQueue<>(), (task) -> daemon(task, "governance-deadline"));
		this.answering.allowCoreThreadTimeOut(true);
	}

	private static Thread daemon(Runnable task, String name) {
		Thread thread = new Thread(task, name);
		thread.setDaemon(true);
		return thread;
	}

	/**
	 * Runs a task after a time, or later if all threads are busy.
	 */
	@Override
	public @Nullable Future<?> after(Runnable task, long nanos) {
		try {
			return this.timer.schedule(() -> this.answering.execute(task), nanos, TimeUnit.NANOSECONDS);
		}
		catch (RejectedExecutionException ex) {
			return null;
		}
	}

	@Override
	public void close() {
		this.timer.shutdownNow();
		this.answering.shutdownNow();
	}

}
