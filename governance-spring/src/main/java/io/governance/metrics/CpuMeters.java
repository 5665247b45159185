// SPDX-License-Identifier: Apache-2.0

package io.governance.metrics;

import io.governance.load.CpuLoad;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/**
 * Publishes the CPU load that rules decide by.
 */
public final class CpuMeters implements MeterBinder {

	private final CpuLoad cpu;

	/**
	 * Creates the binder.
	 * @param cpu knows the load
	 */
	public CpuMeters(CpuLoad cpu) {
		this.cpu = cpu;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		GovernanceMeter.CPU_LOAD.gauge(this.cpu, CpuLoad::load).register(registry);
	}

}
