// SPDX-License-Identifier: Apache-2.0

package io.governance.configserver.targets;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import io.governance.time.TimeSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.SmartLifecycle;

/**
 * The present targets: asked for on a thread of its own, kept while the registry is away.
 * Thread-safe.
 */
final class ScrapeTargets implements SmartLifecycle {

	private static final Logger logger = LoggerFactory.getLogger(ScrapeTargets.class);

	private final TargetSource source;

	private final TargetsProperties properties;

	private final TimeSource time;

	private volatile @Nullable List<ScrapeTarget> targets;

	private volatile @Nullable String error;

	private volatile long confirmedNanos;

	private volatile @Nullable ScheduledExecutorService executor;

	ScrapeTargets(TargetSource source, TargetsProperties properties, TimeSource time) {
		this.source = source;
		this.properties = properties;
		this.time = time;
		this.confirmedNanos = time.nanoTime();
	}

	/**
	 * The targets at this moment.
	 * @return the last answer of the registry; {@code null} before the first one
	 */
	@Nullable List<ScrapeTarget> current() {
		return this.targets;
	}

	/** How many targets there are. */
	int size() {
		List<ScrapeTarget> present = this.targets;
		return (present != null) ? present.size() : 0;
	}

	/**
	 * Seconds since the registry confirmed the list; 0 while it does. A question that
	 * hangs tells of no error, but the next answer is overdue.
	 */
	double staleSeconds() {
		long age = this.time.nanoTime() - this.confirmedNanos;
		boolean overdue = age > 2 * this.properties.refreshInterval().toNanos();
		return (this.error != null || overdue) ? age / 1e9 : 0;
	}

	void refresh() {
		try {
			this.targets = this.source.instances()
				.stream()
				.filter((instance) -> !this.properties.excludedServices().contains(instance.service()))
				.map(ScrapeTarget::of)
				.filter(Objects::nonNull)
				.sorted(Comparator.comparing((target) -> String.join(" ", target.labels().values())))
				.distinct()
				.toList();
			this.confirmedNanos = this.time.nanoTime();
			if (this.error != null) {
				logger.info("targets=live count={}", size());
			}
			this.error = null;
		}
		catch (RuntimeException | Error ex) {
			// either would end the schedule for ever
			String text = String.valueOf((ex.getMessage() != null) ? ex.getMessage() : ex);
			if (this.error == null) {
				logger.warn("targets=stale count={} effect=\"the last ones are given out\" error=\"{}\"", size(), text);
			}
			this.error = text;
		}
	}

	@Override
	public void start() {
		ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor((task) -> {
			Thread thread = new Thread(task, "governance-scrape-targets");
			thread.setDaemon(true);
			return thread;
		});
		scheduler.scheduleWithFixedDelay(this::refresh, 0, this.properties.refreshInterval().toMillis(),
				TimeUnit.MILLISECONDS);
		this.executor = scheduler;
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

}
