// SPDX-License-Identifier: Apache-2.0

package io.governance.observation;

import java.util.Map;

/**
 * Says at which levels this process logs, for a time.
 */
public non-sealed interface LogPolicy extends ObservationPolicy {

	/**
	 * The levels that it wants.
	 * @return levels by the name of a logger or of a group of loggers
	 */
	Map<String, String> levels();

	/**
	 * For how long it still wants them.
	 * @return nanoseconds; zero or less when its time is over, which it stays
	 */
	long remainingNanos();

	/**
	 * When its time is over.
	 * @return milliseconds since the epoch
	 */
	long untilMillis();

}
