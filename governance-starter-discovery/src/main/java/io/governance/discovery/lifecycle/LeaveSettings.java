// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.lifecycle;

import java.time.Duration;

/**
 * How this instance leaves.
 *
 * @param leaveDelay how long it serves on after it was taken out of the registries
 * @param lateWindow how long it refuses new calls before its server begins to stop
 * @param waitFor when there is anybody to wait for
 */
public record LeaveSettings(Duration leaveDelay, Duration lateWindow, WaitFor waitFor) {

	/** When a stop waits for callers. */
	public enum WaitFor {

		/**
		 * Where this instance was in a registry not longer ago than {@code leave-delay}.
		 */
		REGISTERED,

		/** Always: callers find this instance by other means than a registry. */
		ALWAYS

	}

}
