// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;

/**
 * Owns the threads of this starter: named, daemons, started at their first task, and
 * stopped when the application is closed, after everything that uses them. They outlive a
 * context that is only stopped, since it may start again.
 */
public final class DiscoveryThreads implements AutoCloseable {

	private final List<ScheduledExecutorService> executors = new CopyOnWriteArrayList<>();

	/**
	 * A scheduler with one thread.
	 * @param purpose the end of the thread's name
	 * @return the scheduler; stopped with the application
	 */
	public ScheduledExecutorService scheduler(String purpose) {
		ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(1, (task) -> {
			Thread thread = new Thread(task, "governance-" + purpose);
			thread.setDaemon(true);
			return thread;
		});
		executor.setRemoveOnCancelPolicy(true);
		executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
		this.executors.add(executor);
		return executor;
	}

	@Override
	public void close() {
		this.executors.forEach(ScheduledExecutorService::shutdownNow);
	}

}
