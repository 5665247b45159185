// SPDX-License-Identifier: Apache-2.0

package io.governance.selection;

import java.util.List;

import io.governance.policy.Outcome;

/**
 * Finds out which instances of one service are to be left out for a while. Attempts
 * report concurrently, without locks; all else is done by one thread at a time.
 */
public interface OutlierDetector {

	/**
	 * Notes which instances there are now. Those that are gone are forgotten.
	 * @param hosts the instances
	 */
	void track(List<Host> hosts);

	/**
	 * Notes how an attempt ended. On the path of calls.
	 * @param host the instance
	 * @param outcome how the attempt ended
	 * @return whether {@link #sweep()} is needed now; {@code true} for one of those that
	 * report the same need
	 */
	boolean report(Host host, Outcome outcome);

	/**
	 * Ejects instances and lets them back.
	 * @return whether anything changed
	 */
	boolean sweep();

	/**
	 * How long until the next sweep is due.
	 * @return nanoseconds, positive
	 */
	long nanosToSweep();

	/**
	 * Whether an instance is left out.
	 * @param host the instance
	 * @return whether it is
	 */
	boolean isEjected(Host host);

	/**
	 * Whether an instance was found bad and has not shown since that it is not: whether
	 * it is left out, is back from it, or was spared because too many are out.
	 * @param host the instance
	 * @return whether it is; {@code true} for all that are ejected
	 */
	boolean isSuspect(Host host);

	/**
	 * The share of usable instances below which all are used. They are used too where
	 * some are left out and all others are suspect.
	 * @return percent; 0 for never
	 */
	int panicThreshold();

	/**
	 * Says that the service is no longer called, or that another detector took over.
	 */
	void close();

}
