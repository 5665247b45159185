// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;

import org.springframework.context.SmartLifecycle;

/**
 * Owns the threads of this starter: named, daemons, started at their first task, and
 * stopped when everything that calls other services has stopped.
 */
public final class DiscoveryThreads implements SmartLifecycle {

	private final List<ScheduledExecutorService> executors = new CopyOnWriteArrayList<>();

	private volatile boolean running;

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
	public void start() {
		this.running = true;
	}

	@Override
	public void stop() {
		this.running = false;
		this.executors.forEach(ScheduledExecutorService::shutdownNow);
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	@Override
	public boolean isPauseable() {
		return false;
	}

	@Override
	public int getPhase() {
		return Integer.MIN_VALUE + 1024;
	}

}
