// SPDX-License-Identifier: Apache-2.0

package io.governance.cpu;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks for the CPU load four times a second and smooths it: 5 % of what is new, 95 % of
 * what was before, beginning with an idle CPU. So a full load shows as 90 % after 11 s,
 * and what is shorter, a start or a garbage collection say, never does.
 */
final class CpuSampler implements AutoCloseable {

	/** Time between two samples. */
	static final Duration INTERVAL = Duration.ofMillis(250);

	private static final double KEPT = 0.95;

	private static final Logger logger = LoggerFactory.getLogger(CpuSampler.class);

	private final DoubleSupplier source;

	private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor((task) -> {
		Thread thread = new Thread(task, "governance-cpu");
		thread.setDaemon(true);
		return thread;
	});

	/** This and what follows is written by whoever takes the sample, one at a time. */
	private double before;

	private boolean failing;

	private volatile double smoothed = Double.NaN;

	CpuSampler(DoubleSupplier source) {
		this.source = source;
	}

	/**
	 * A sampler that runs, and has its first sample.
	 */
	static CpuSampler start(DoubleSupplier source) {
		CpuSampler sampler = new CpuSampler(source);
		sampler.sample();
		sampler.executor.scheduleWithFixedDelay(sampler::sample, INTERVAL.toMillis(), INTERVAL.toMillis(),
				TimeUnit.MILLISECONDS);
		return sampler;
	}

	/**
	 * The smoothed load.
	 * @return 0 to 1; {@link Double#NaN} when the last sample gave none
	 */
	double smoothed() {
		return this.smoothed;
	}

	/**
	 * Takes a sample.
	 */
	void sample() {
		double present = ask();
		if (present >= 0) {
			this.before = this.before * KEPT + Math.min(1, present) * (1 - KEPT);
			this.smoothed = this.before;
		}
		else {
			this.smoothed = Double.NaN;
		}
	}

	/**
	 * An exception would end the schedule for ever.
	 */
	private double ask() {
		try {
			double present = this.source.getAsDouble();
			this.failing = false;
			return present;
		}
		catch (RuntimeException ex) {
			if (!this.failing) {
				logger.error("cpu-load=failing effect=\"unknown to load shedding, which drops nothing\"", ex);
			}
			this.failing = true;
			return Double.NaN;
		}
	}

	@Override
	public void close() {
		this.executor.shutdownNow();
	}

}
