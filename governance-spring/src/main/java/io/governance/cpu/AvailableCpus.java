// SPDX-License-Identifier: Apache-2.0

package io.governance.cpu;

import java.lang.management.ManagementFactory;
import java.util.function.DoubleSupplier;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.OperatingSystemMXBean;
import io.governance.time.TimeSource;

/**
 * How busy the CPUs are that this process may use, since it was last asked: the greater
 * of what the Java runtime says of its container or machine, and the CPU time of this
 * process as a share of the time of the processors it may run on. The latter tells where
 * the process is pinned to some of the machine's CPUs, which the runtime does not see.
 * Asked by one thread at a time.
 */
public final class AvailableCpus implements DoubleSupplier {

	private final DoubleSupplier system;

	private final LongSupplier processNanos;

	private final IntSupplier processors;

	private final LongSupplier nanoTime;

	private long usedBefore;

	private long askedBefore;

	/**
	 * Creates it; the first value is of the time since then.
	 * @param system what the Java runtime knows
	 * @param time the clock
	 */
	public AvailableCpus(OperatingSystemMXBean system, TimeSource time) {
		this(system::getCpuLoad, isCountTold() ? () -> -1 : system::getProcessCpuTime,
				Runtime.getRuntime()::availableProcessors, time::nanoTime);
	}

	/**
	 * Whether the number of processors is the user's word: it says nothing of how many
	 * the process may run on.
	 */
	private static boolean isCountTold() {
		HotSpotDiagnosticMXBean runtime = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
		try {
			return runtime != null && !"-1".equals(runtime.getVMOption("ActiveProcessorCount").getValue());
		}
		catch (IllegalArgumentException ex) {
			return false;
		}
	}

	AvailableCpus(DoubleSupplier system, LongSupplier processNanos, IntSupplier processors, LongSupplier nanoTime) {
		this.system = system;
		this.processNanos = processNanos;
		this.processors = processors;
		this.nanoTime = nanoTime;
		this.usedBefore = processNanos.getAsLong();
		this.askedBefore = nanoTime.getAsLong();
	}

	/**
	 * The load.
	 * @return 0 to 1; less than 0 when neither is known
	 */
	@Override
	public double getAsDouble() {
		return Math.max(this.system.getAsDouble(), ofProcess());
	}

	private double ofProcess() {
		long used = this.processNanos.getAsLong();
		long asked = this.nanoTime.getAsLong();
		double available = (double) (asked - this.askedBefore) * this.processors.getAsInt();
		// less than 0: the runtime does not tell
		double load = (used < 0 || available <= 0) ? -1 : Math.min(1, (used - this.usedBefore) / available);
		this.usedBefore = used;
		this.askedBefore = asked;
		return load;
	}

}
