// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.context;

import java.util.concurrent.RunnableScheduledFuture;
import java.util.concurrent.TimeUnit;

import org.springframework.core.Ordered;
import org.springframework.core.task.TaskDecorator;

/**
 * Gives tasks the context of the thread that hands them over, and takes it away again.
 * Tasks that a scheduler runs later or again and again get nothing here: one of a cron
 * expression looks like one that runs once. {@link ContextExecutors} gives it to the
 * latter. Comes last, around other decorators, so that these run in the call's context
 * and may change it. Thread-safe.
 */
public final class ContextTaskDecorator implements TaskDecorator, Ordered {

	private final ContextCapture capture;

	/**
	 * Creates a decorator.
	 * @param capture takes the context
	 */
	public ContextTaskDecorator(ContextCapture capture) {
		this.capture = capture;
	}

	@Override
	public Runnable decorate(Runnable task) {
		return runsLater(task) ? task : this.capture.get().wrap(task);
	}

	@Override
	public int getOrder() {
		return Ordered.LOWEST_PRECEDENCE;
	}

	private static boolean runsLater(Runnable task) {
		return task instanceof RunnableScheduledFuture<?> scheduled
				&& (scheduled.isPeriodic() || scheduled.getDelay(TimeUnit.NANOSECONDS) > 0);
	}

}
