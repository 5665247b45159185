// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.grpc;

import java.util.concurrent.Executor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Threads on which calls go on that had to wait for their turn: the ones that gRPC had
 * given them are long at other calls, and gRPC tells nobody its executor. There are as
 * many as such calls are at work, as in gRPC's own executor. Thread-safe.
 */
public final class LateCalls implements Executor, AutoCloseable {

	private static final long IDLE_SECONDS = 10;

	private final ThreadPoolExecutor threads = new ThreadPoolExecutor(0, Integer.MAX_VALUE, IDLE_SECONDS,
			TimeUnit.SECONDS, new SynchronousQueue<>(), (task) -> {
				Thread thread = new Thread(task, "governance-grpc");
				thread.setDaemon(true);
				return thread;
			});

	/**
	 * Runs a task at once.
	 * @param task the task
	 * @throws java.util.concurrent.RejectedExecutionException after the end
	 */
	@Override
	public void execute(Runnable task) {
		this.threads.execute(task);
	}

	/**
	 * Ends; what is at work goes on.
	 */
	@Override
	public void close() {
		this.threads.shutdown();
	}

}
