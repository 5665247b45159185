// SPDX-License-Identifier: Apache-2.0

package io.governance.execution.retry;

import java.time.Duration;
import java.util.random.RandomGenerator;

import io.governance.schema.RuleField;
import org.jspecify.annotations.Nullable;

/**
 * Waits with full jitter: before the n-th retry uniform in
 * {@code [0, min(max, base * 2^(n-1)))}, the bounds of Envoy's router (25, 50, 100, 200,
 * 250, 250 ... ms with its defaults).
 *
 * @param base the bound of the first wait; 25 ms by default
 * @param max the largest bound; 10 times the base by default
 */
public record Backoff(
		@RuleField(value = "The bound of the first wait.", defaultValue = "25ms", bounds = "1ms to 1m") Duration base,
		@RuleField(value = "The largest bound; 10 times the base by default.", bounds = "base to 10m") Duration max) {

	private static final Duration LARGEST_BASE = Duration.ofMinutes(1);

	/**
	 * Sets the defaults.
	 * @param base the bound of the first wait
	 * @param max the largest bound
	 */
	public Backoff(@Nullable Duration base, @Nullable Duration max) {
		this.base = (base != null) ? base : Duration.ofMillis(25);
		this.max = (max != null) ? max : tenfold(this.base);
	}

	private static Duration tenfold(Duration base) {
		// a base beyond the bounds is refused; until then it must not overflow
		return (base.isNegative() || base.compareTo(LARGEST_BASE) > 0) ? base : base.multipliedBy(10);
	}

	long boundNanos(int retry) {
		long base = this.base.toNanos();
		long max = this.max.toNanos();
		int shift = Math.min(retry - 1, 30);
		return (base > (max >> shift)) ? max : base << shift;
	}

	long waitNanos(int retry, RandomGenerator random) {
		return (long) (boundNanos(retry) * random.nextDouble());
	}

}
