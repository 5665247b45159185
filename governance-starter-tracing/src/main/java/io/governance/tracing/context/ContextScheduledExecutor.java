// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.context;

import java.util.concurrent.Callable;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

import io.micrometer.context.ContextExecutorService;
import io.micrometer.context.ContextSnapshot;

/**
 * Gives the context of the caller to what runs once: all of it at once, without the
 * deadline later. What runs again and again has none. Micrometer's own wrapper gives it
 * to all, so that a periodic task would stay in the trace of the call that started it.
 */
final class ContextScheduledExecutor extends ContextExecutorService<ScheduledExecutorService>
		implements ScheduledExecutorService {

	private final ContextCapture capture;

	ContextScheduledExecutor(ScheduledExecutorService executor, ContextCapture capture) {
		super(executor, capture);
		this.capture = capture;
	}

	/**
	 * A task that is its own future is one of Spring's that runs by a cron expression,
	 * and schedules itself anew each time.
	 */
	@Override
	public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
		return getExecutorService()
			.schedule((task instanceof ScheduledFuture<?>) ? task : contextAfter(delay).wrap(task), delay, unit);
	}

	@Override
	public <V> ScheduledFuture<V> schedule(Callable<V> task, long delay, TimeUnit unit) {
		return getExecutorService().schedule(contextAfter(delay).wrap(task), delay, unit);
	}

	@Override
	public ScheduledFuture<?> scheduleAtFixedRate(Runnable task, long initialDelay, long period, TimeUnit unit) {
		return getExecutorService().scheduleAtFixedRate(task, initialDelay, period, unit);
	}

	@Override
	public ScheduledFuture<?> scheduleWithFixedDelay(Runnable task, long initialDelay, long delay, TimeUnit unit) {
		return getExecutorService().scheduleWithFixedDelay(task, initialDelay, delay, unit);
	}

	private ContextSnapshot contextAfter(long delay) {
		return (delay > 0) ? this.capture.later() : this.capture.get();
	}

}
