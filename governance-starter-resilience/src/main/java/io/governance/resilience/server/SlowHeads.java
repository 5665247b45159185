// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.server;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.SmartLifecycle;

/**
 * Looks again and again for connections on which a request's head takes too long, where
 * the server's own times begin anew with each byte. Owns its thread.
 */
public final class SlowHeads implements SmartLifecycle {

	private static final Logger logger = LoggerFactory.getLogger(SlowHeads.class);

	private final AtomicBoolean failed = new AtomicBoolean();

	private final long timeoutNanos;

	private final List<Sweep> sweeps = new CopyOnWriteArrayList<>();

	private volatile @Nullable ScheduledExecutorService executor;

	/**
	 * Creates the guard.
	 * @param timeout how long a head may take
	 */
	public SlowHeads(Duration timeout) {
		this.timeoutNanos = timeout.toNanos();
	}

	/**
	 * Watches connections of a server.
	 * @param sweep closes those that are too slow
	 */
	public void watch(Sweep sweep) {
		this.sweeps.add(sweep);
	}

	@Override
	public void start() {
		if (this.timeoutNanos == 0 || this.sweeps.isEmpty()) {
			return;
		}
		ScheduledThreadPoolExecutor started = new ScheduledThreadPoolExecutor(1, (task) -> {
			Thread thread = new Thread(task, "governance-slow-heads");
			thread.setDaemon(true);
			return thread;
		});
		this.executor = started;
		long pause = Math.max(TimeUnit.MILLISECONDS.toNanos(10),
				Math.min(TimeUnit.SECONDS.toNanos(1), this.timeoutNanos / 4));
		started.scheduleWithFixedDelay(() -> this.sweeps.forEach(this::run), pause, pause, TimeUnit.NANOSECONDS);
	}

	/**
	 * An exception would end the schedule, and with it the protection.
	 */
	private void run(Sweep sweep) {
		try {
			sweep.closeOlder(this.timeoutNanos);
		}
		catch (RuntimeException ex) {
			if (this.failed.compareAndSet(false, true)) {
				logger.warn("head-timeout=failed sweep={} effect=\"a slow head may stay\" (said once)",
						sweep.getClass().getSimpleName(), ex);
			}
		}
	}

	@Override
	public void stop() {
		ScheduledExecutorService running = this.executor;
		if (running != null) {
			running.shutdownNow();
		}
		this.executor = null;
	}

	@Override
	public boolean isRunning() {
		return this.executor != null;
	}

	/** Closes connections of one server. */
	@FunctionalInterface
	public interface Sweep {

		/**
		 * Closes the connections on which a head has taken longer.
		 * @param nanos than this, in nanoseconds
		 */
		void closeOlder(long nanos);

	}

}
