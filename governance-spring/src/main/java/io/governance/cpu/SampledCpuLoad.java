// SPDX-License-Identifier: Apache-2.0

package io.governance.cpu;

import java.util.function.DoubleSupplier;
import java.util.function.Supplier;

import io.governance.engine.PolicyEngine;
import io.governance.load.CpuLoad;
import io.governance.policy.Stage;
import org.jspecify.annotations.Nullable;

import org.springframework.context.SmartLifecycle;

/**
 * The smoothed CPU load, measured only while a rule acts on {@link Stage#LOAD_SHEDDING}:
 * there is no thread otherwise, and the load is unknown. Thread-safe.
 */
public final class SampledCpuLoad implements CpuLoad, SmartLifecycle {

	private final DoubleSupplier source;

	private final Supplier<PolicyEngine> engine;

	private boolean running;

	private boolean listening;

	private volatile @Nullable CpuSampler sampler;

	/**
	 * Creates it; nothing is measured until {@link #start}.
	 * @param source gives the load of the moment, 0 to 1; anything else when it is
	 * unknown. Thread-safe
	 * @param engine gives the engine whose rules may need the load; asked at the start
	 */
	public SampledCpuLoad(DoubleSupplier source, Supplier<PolicyEngine> engine) {
		this.source = source;
		this.engine = engine;
	}

	@Override
	public double load() {
		CpuSampler present = this.sampler;
		return (present != null) ? present.smoothed() : Double.NaN;
	}

	@Override
	public synchronized void start() {
		this.running = true;
		if (!this.listening) {
			this.listening = true;
			this.engine.get().onChange(this::update);
		}
		update();
	}

	@Override
	public synchronized void stop() {
		this.running = false;
		update();
	}

	@Override
	public synchronized boolean isRunning() {
		return this.running;
	}

	/**
	 * Measures before other beans start, and until they have stopped.
	 */
	@Override
	public int getPhase() {
		return Integer.MIN_VALUE + 1;
	}

	private synchronized void update() {
		boolean needed = this.running && this.engine.get().hasRuleAt(Stage.LOAD_SHEDDING);
		CpuSampler present = this.sampler;
		if (needed && present == null) {
			this.sampler = CpuSampler.start(this.source);
		}
		else if (!needed && present != null) {
			this.sampler = null;
			present.close();
		}
	}

}
