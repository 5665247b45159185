// SPDX-License-Identifier: Apache-2.0

package io.governance.config.refresh;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Growing pauses: the n-th is random between half and all of first * 2^n, up to a longest
 * one. Random, so that the instances of a fleet do not come back all at once.
 */
final class Backoff {

	private final Duration first;

	private final Duration longest;

	private final RandomGenerator random;

	private int attempts;

	Backoff(Duration first, Duration longest, RandomGenerator random) {
		this.first = first;
		this.longest = longest;
		this.random = random;
	}

	Duration next() {
		long grown = this.first.toMillis() << Math.min(this.attempts, 20);
		long bounded = Math.max(1, Math.min(grown, this.longest.toMillis()));
		this.attempts++;
		return Duration.ofMillis(bounded / 2 + this.random.nextLong(bounded / 2 + 1));
	}

	void reset() {
		this.attempts = 0;
	}

}
