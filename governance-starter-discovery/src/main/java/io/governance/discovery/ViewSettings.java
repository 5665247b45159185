// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery;

import java.time.Duration;

/**
 * How views behave.
 *
 * @param firstListTimeout how long the first call of a service waits for its list
 * @param staleFor how long a list is kept while the registry is away
 * @param recoveryTime how long instances are kept that are absent after the registry came
 * back
 * @param avoidFor how long an instance is avoided after a connection to it failed
 * @param maximumServices how many services one process may follow
 * @param forgetAfter when a service without instances that nobody asked for is not
 * followed any more
 * @param zeroProtection whether the last healthy instances are called on when all are
 * unhealthy
 */
public record ViewSettings(Duration firstListTimeout, Duration staleFor, Duration recoveryTime, Duration avoidFor,
		int maximumServices, Duration forgetAfter, boolean zeroProtection) {

	/**
	 * The defaults.
	 * @return 2 s, 24 h, 15 s, 30 s, 1000, 10 min, protected
	 */
	public static ViewSettings defaults() {
		return new ViewSettings(Duration.ofSeconds(2), Duration.ofHours(24), Duration.ofSeconds(15),
				Duration.ofSeconds(30), 1000, Duration.ofMinutes(10), true);
	}

}
