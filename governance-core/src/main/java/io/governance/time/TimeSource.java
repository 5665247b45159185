// SPDX-License-Identifier: Apache-2.0

package io.governance.time;

/**
 * The only way to the clock. Everything that measures, waits or stamps is given one, so
 * that tests decide what time it is. Implementations are thread-safe.
 */
public interface TimeSource {

	/**
	 * The monotonic clock, in nanoseconds from an arbitrary origin. Never goes backwards;
	 * compare values by subtraction only.
	 * @return nanoseconds
	 */
	long nanoTime();

	/**
	 * The wall clock, for stamps that people read. May jump; never measure with it.
	 * @return milliseconds since the epoch
	 */
	long epochMillis();

	/**
	 * The system's clock.
	 * @return a shared stateless instance
	 */
	static TimeSource system() {
		return SystemTimeSource.INSTANCE;
	}

}
