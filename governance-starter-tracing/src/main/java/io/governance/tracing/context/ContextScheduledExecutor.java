// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.context;

import java.util.concurrent.Callable;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

import io.micrometer.context.ContextExecutorService;

/**
 * Gives the context of the caller to what runs at once, and none to what runs later or
 * again and again. Micrometer's own wrapper gives it to both, so that a periodic task
 * would stay in the trace of the call that started it.
 */
final class ContextScheduledExecutor extends ContextExecutorService<ScheduledExecutorService>
		implements ScheduledExecutorService {

	private final ContextCapture capture;

	ContextScheduledExecutor(ScheduledExecutorService executor, ContextCapture capture) {
		super(executor, capture);
		this.capture = capture;
	}

	@Override
	public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
		return getExecutorService().schedule((delay > 0) ? task : this.capture.get().wrap(task), delay, unit);
	}

	@Override
	public <V> ScheduledFuture<V> schedule(Callable<V> task, long delay, TimeUnit unit) {
		return getExecutorService().schedule((delay > 0) ? task : this.capture.get().wrap(task), delay, unit);
	}

	@Override
	public ScheduledFuture<?> scheduleAtFixedRate(Runnable task, long initialDelay, long period, TimeUnit unit) {
		return getExecutorService().scheduleAtFixedRate(task, initialDelay, period, unit);
	}

	@Override
	public ScheduledFuture<?> scheduleWithFixedDelay(Runnable task, long initialDelay, long delay, TimeUnit unit) {
		return getExecutorService().scheduleWithFixedDelay(task, initialDelay, delay, unit);
	}

}
