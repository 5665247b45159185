// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery;

import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import org.jspecify.annotations.Nullable;

/**
 * Says when the choice of instances must be worked out anew: at a known time, or soon,
 * because a call found a reason. Only {@link #want} may be called from anywhere; the rest
 * by one thread at a time.
 */
final class RefreshTimer {

	private final ScheduledExecutorService scheduler;

	private final Runnable refresh;

	private final AtomicBoolean wanted = new AtomicBoolean();

	private @Nullable Future<?> next;

	RefreshTimer(ScheduledExecutorService scheduler, Runnable refresh) {
		this.scheduler = scheduler;
		this.refresh = refresh;
	}

	/**
	 * On the path of a call: the work is for the timer's thread.
	 */
	void want() {
		if (this.wanted.compareAndSet(false, true)) {
			later(0);
		}
	}

	/**
	 * What is wanted from now on needs a refresh of its own.
	 */
	void begins() {
		this.wanted.set(false);
	}

	/**
	 * When the next refresh is due.
	 * @param nanos from now; {@link Long#MAX_VALUE} for never
	 */
	void next(long nanos) {
		close();
		this.next = (nanos < Long.MAX_VALUE) ? later(nanos) : null;
	}

	void close() {
		if (this.next != null) {
			this.next.cancel(false);
		}
	}

	private @Nullable Future<?> later(long nanos) {
		try {
			return this.scheduler.schedule(this.refresh, nanos, TimeUnit.NANOSECONDS);
		}
		catch (RejectedExecutionException ex) {
			// the application is stopping
			return null;
		}
	}

}
