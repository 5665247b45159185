// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Delayed;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * A scheduler that runs nothing until a test says so.
 */
public final class LaterTasks extends ScheduledThreadPoolExecutor {

	private final List<Runnable> tasks = new ArrayList<>();

	public LaterTasks() {
		super(0);
	}

	@Override
	public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
		this.tasks.add(task);
		return new Never();
	}

	@Override
	public ScheduledFuture<?> scheduleWithFixedDelay(Runnable task, long initialDelay, long delay, TimeUnit unit) {
		return new Never();
	}

	public Runnable take() {
		return this.tasks.remove(0);
	}

	public void runAll() {
		List<Runnable> due = List.copyOf(this.tasks);
		this.tasks.clear();
		due.forEach(Runnable::run);
	}

	private static final class Never implements ScheduledFuture<Object> {

		@Override
		public long getDelay(TimeUnit unit) {
			return Long.MAX_VALUE;
		}

		@Override
		public int compareTo(Delayed other) {
			return 0;
		}

		@Override
		public boolean cancel(boolean mayInterrupt) {
			return true;
		}

		@Override
		public boolean isCancelled() {
			return false;
		}

		@Override
		public boolean isDone() {
			return false;
		}

		@Override
		public Object get() {
			throw new IllegalStateException("never done");
		}

		@Override
		public Object get(long timeout, TimeUnit unit) {
			throw new IllegalStateException("never done");
		}

	}

}
