// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.metrics;

import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.JvmCompilationMetrics;
import org.jspecify.annotations.Nullable;

/**
 * The meter {@code jvm.compilation.time} in seconds, which is Prometheus' unit of time,
 * instead of milliseconds: {@code jvm_compilation_time_seconds_total}.
 */
public final class JvmCompilationSeconds extends JvmCompilationMetrics {

	@Override
	public void bindTo(MeterRegistry registry) {
		@Nullable CompilationMXBean compiler = ManagementFactory.getCompilationMXBean();
		if (compiler != null && compiler.isCompilationTimeMonitoringSupported()) {
			FunctionCounter.builder("jvm.compilation.time", compiler, (bean) -> bean.getTotalCompilationTime() / 1000.0)
				.tag("compiler", compiler.getName())
				.description("The approximate accumulated elapsed time spent in compilation")
				.baseUnit("seconds")
				.register(registry);
		}
	}

}
