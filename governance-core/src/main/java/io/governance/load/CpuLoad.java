// SPDX-License-Identifier: Apache-2.0

package io.governance.load;

/**
 * The only way to the CPU load. Policies are given one, so that an application can bring
 * its own source and a test can script it. Asked for every call: an implementation is
 * thread-safe, answers at once and from memory, and smooths what it measures.
 */
@FunctionalInterface
public interface CpuLoad {

	/** Known to nobody. */
	CpuLoad UNKNOWN = () -> Double.NaN;

	/**
	 * How busy the CPUs are that this process may use: those of its container, by its
	 * quota, or else of the machine.
	 * @return a fraction, 0 to 1; {@link Double#NaN} when unknown
	 */
	double load();

}
