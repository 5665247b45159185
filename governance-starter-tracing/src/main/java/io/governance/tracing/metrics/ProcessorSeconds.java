// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.metrics;

import java.lang.management.ManagementFactory;

import com.sun.management.OperatingSystemMXBean;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;

/**
 * Spring Boot's meters of the processor, with {@code process.cpu.time} in seconds instead
 * of nanoseconds: {@code process_cpu_time_seconds_total}.
 */
public final class ProcessorSeconds extends ProcessorMetrics {

	private static final String NAME = "process.cpu.time";

	private static final double NANOS = 1_000_000_000;

	@Override
	public void bindTo(MeterRegistry registry) {
		super.bindTo(registry);
		// a meter's identity is name and tags, so the unit cannot differ beside it
		registry.removeByPreFilterId(new Meter.Id(NAME, Tags.empty(), null, null, Meter.Type.COUNTER));
		if (ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system) {
			FunctionCounter.builder(NAME, system, (bean) -> Math.max(0, bean.getProcessCpuTime()) / NANOS)
				.description("The CPU time used by the process")
				.baseUnit("seconds")
				.register(registry);
		}
	}

}
