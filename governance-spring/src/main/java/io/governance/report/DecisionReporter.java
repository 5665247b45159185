// SPDX-License-Identifier: Apache-2.0

package io.governance.report;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Updates a {@link DecisionReport} once a second while the application runs, and once
 * more when it stops. Thread-safe.
 */
public final class DecisionReporter implements SmartLifecycle {

	private static final Logger logger = LoggerFactory.getLogger(DecisionReporter.class);

	private final DecisionReport report;

	private volatile @Nullable ScheduledExecutorService executor;

	private boolean works = true;

	/**
	 * Creates a reporter that does not run yet.
	 * @param report what is updated
	 */
	public DecisionReporter(DecisionReport report) {
		this.report = report;
	}

	@Override
	public void start() {
		if (this.executor == null) {
			ScheduledExecutorService started = Executors.newSingleThreadScheduledExecutor((task) -> {
				Thread thread = new Thread(task, "governance-decision-report");
				thread.setDaemon(true);
				return thread;
			});
			started.scheduleWithFixedDelay(this::update, 1, 1, TimeUnit.SECONDS);
			this.executor = started;
		}
	}

	/**
	 * An exception would end the schedule for ever.
	 */
	private void update() {
		try {
			this.report.update();
			this.works = true;
		}
		catch (RuntimeException ex) {
			if (this.works) {
				logger.error("decision-report=failing effect=\"what rules reject is not said, meters are right\"", ex);
			}
			this.works = false;
		}
	}

	@Override
	public void stop() {
		ScheduledExecutorService running = this.executor;
		if (running != null) {
			this.executor = null;
			running.execute(this::update);
			running.shutdown();
		}
	}

	@Override
	public boolean isRunning() {
		return this.executor != null;
	}

}
