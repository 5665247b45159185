// SPDX-License-Identifier: Apache-2.0

package io.governance.logging;

import java.util.List;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import io.governance.engine.ActiveLogLevels;
import io.governance.engine.PolicyEngine;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.logging.LoggerGroups;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.context.SmartLifecycle;

/**
 * Keeps the levels of loggers as {@code log-level} rules want them, and gives them back
 * when the rules are over or gone, or the application stops. Has a thread only while a
 * rule is active. Thread-safe.
 */
public final class LiveLogLevels implements SmartLifecycle {

	private static final Logger logger = LoggerFactory.getLogger(LiveLogLevels.class);

	private final PolicyEngine engine;

	private final ChangedLoggers loggers;

	private boolean running;

	private boolean listening;

	private @Nullable ScheduledThreadPoolExecutor timer;

	/**
	 * Creates it; nothing is changed until {@link #start}.
	 * @param engine knows the rules
	 * @param logging changes levels
	 * @param groups the groups of loggers that rules may name
	 */
	public LiveLogLevels(PolicyEngine engine, LoggingSystem logging, LoggerGroups groups) {
		this.engine = engine;
		this.loggers = new ChangedLoggers(logging, groups);
	}

	@Override
	public synchronized void start() {
		this.running = true;
		if (!this.listening) {
			this.listening = true;
			this.engine.onChange(this::update);
		}
		update();
	}

	@Override
	public synchronized void stop() {
		this.running = false;
		apply(List.of());
	}

	@Override
	public synchronized boolean isRunning() {
		return this.running;
	}

	/**
	 * Levels are right before other beans start, and until they have stopped.
	 */
	@Override
	public int getPhase() {
		return Integer.MIN_VALUE + 1;
	}

	/**
	 * Sets again what rules want, where somebody else has set levels: configuration that
	 * changed, say.
	 */
	public synchronized void update() {
		if (this.running) {
			apply(this.engine.logLevels());
		}
	}

	private void apply(List<ActiveLogLevels> wanted) {
		try {
			this.loggers.update(wanted);
		}
		catch (RuntimeException ex) {
			// must not keep the other listeners from the new rules
			logger.error("log levels not set: {}", wanted, ex);
		}
		wakeUp(wanted);
	}

	private void wakeUp(List<ActiveLogLevels> wanted) {
		if (this.timer != null) {
			this.timer.shutdownNow();
			this.timer = null;
		}
		long next = wanted.stream().mapToLong(ActiveLogLevels::remainingNanos).min().orElse(0);
		if (next > 0) {
			this.timer = new ScheduledThreadPoolExecutor(1, (task) -> {
				Thread thread = new Thread(task, "governance-log-levels");
				thread.setDaemon(true);
				return thread;
			});
			this.timer.schedule(this::update, next, TimeUnit.NANOSECONDS);
		}
	}

}
