// SPDX-License-Identifier: Apache-2.0

package io.governance.configserver.directory;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.SmartLifecycle;

/**
 * Scans the directory for as long as the program runs. The first scan is made by
 * {@link #start()} itself, before the server takes requests.
 */
final class DirectoryScanner implements SmartLifecycle {

	private static final Logger logger = LoggerFactory.getLogger(DirectoryScanner.class);

	private final ConfigDirectory directory;

	private final Duration interval;

	private volatile @Nullable ScheduledExecutorService executor;

	private @Nullable String fault;

	DirectoryScanner(ConfigDirectory directory, Duration interval) {
		this.directory = directory;
		this.interval = interval;
	}

	@Override
	public void start() {
		this.directory.scan();
		ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor((task) -> {
			Thread thread = new Thread(task, "governance-config-directory");
			thread.setDaemon(true);
			return thread;
		});
		long millis = this.interval.toMillis();
		scheduler.scheduleWithFixedDelay(this::scanSafely, millis, millis, TimeUnit.MILLISECONDS);
		this.executor = scheduler;
	}

	private void scanSafely() {
		try {
			this.directory.scan();
			this.fault = null;
		}
		catch (RuntimeException ex) {
			// an exception would end the schedule for ever
			if (!ex.toString().equals(this.fault)) {
				logger.error("config directory scan failed, tried again", ex);
			}
			this.fault = ex.toString();
		}
	}

	@Override
	public void stop() {
		ScheduledExecutorService scheduler = this.executor;
		if (scheduler != null) {
			scheduler.shutdownNow();
			this.executor = null;
		}
	}

	@Override
	public boolean isRunning() {
		return this.executor != null;
	}

	@Override
	public int getPhase() {
		return 0;
	}

}
