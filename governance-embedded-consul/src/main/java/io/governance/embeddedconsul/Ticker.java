// SPDX-License-Identifier: Apache-2.0

package io.governance.embeddedconsul;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that lets time pass: calls a task a few times per tenth of a second.
 */
final class Ticker {

	private static final Logger logger = LoggerFactory.getLogger(Ticker.class);

	private static final long PERIOD_MILLIS = 50;

	private static final long STOP_SECONDS = 5;

	private final ScheduledExecutorService executor;

	private @Nullable String fault;

	private Ticker(Runnable task) {
		this.executor = Executors.newSingleThreadScheduledExecutor((work) -> {
			Thread thread = new Thread(work, "governance-embedded-consul-ticker");
			thread.setDaemon(true);
			return thread;
		});
		this.executor.scheduleWithFixedDelay(() -> run(task), PERIOD_MILLIS, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
	}

	static Ticker start(Runnable task) {
		return new Ticker(task);
	}

	void stop() {
		this.executor.shutdown();
		try {
			if (!this.executor.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
				logger.warn("ticker still busy after {} s", STOP_SECONDS);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private void run(Runnable task) {
		try {
			task.run();
			this.fault = null;
		}
		catch (RuntimeException ex) {
			// A scheduled task that throws is never called again.
			if (!ex.toString().equals(this.fault)) {
				logger.error("tick failed, the next one comes", ex);
			}
			this.fault = ex.toString();
		}
	}

}
