// SPDX-License-Identifier: Apache-2.0

package io.governance.engine;

import java.util.Map;

/**
 * The log levels that a rule wants now.
 *
 * @param rule the rule's name, as {@code type/id}
 * @param levels levels by the name of a logger or of a group of loggers
 * @param remainingNanos for how long, in nanoseconds; positive
 * @param untilMillis until when, in milliseconds since the epoch
 */
public record ActiveLogLevels(String rule, Map<String, String> levels, long remainingNanos, long untilMillis) {

	/**
	 * Copies the map.
	 */
	public ActiveLogLevels {
		levels = Map.copyOf(levels);
	}

}
