// SPDX-License-Identifier: Apache-2.0

package io.governance.execution.retry;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.governance.schema.RuleField;
import io.governance.schema.Violation;
import org.jspecify.annotations.Nullable;

/**
 * How calls are made again later (Dubbo's failback cluster: three times, each 5 seconds,
 * up to 100 calls; here the waits double).
 *
 * @param retries how often; 3 by default
 * @param base the first wait; 5 seconds by default
 * @param max the longest wait; 1 minute by default
 * @param maxCalls how many calls are kept; 100 by default
 * @param maxBytes how many bytes of their bodies; 1 MB by default
 * @param maxAge for how long a call is kept; 10 minutes by default
 */
public record FailbackTerms(
		@RuleField(value = "How often a call is made again.", defaultValue = "3", bounds = "1 to 100") Integer retries,
		@RuleField(value = "The first wait; it doubles each time.", defaultValue = "5s",
				bounds = "10ms to 1h") Duration base,
		@RuleField(value = "The longest wait; at least the first one.", defaultValue = "1m",
				bounds = "10ms to 1h") Duration max,
		@RuleField(value = "How many calls are kept.", defaultValue = "100", bounds = "1 to 10000") Integer maxCalls,
		@RuleField(value = "How many bytes of bodies are kept in all.", defaultValue = "1048576",
				bounds = "0 to 1073741824") Long maxBytes,
		@RuleField(value = "For how long a call is kept.", defaultValue = "10m",
				bounds = "1s to 1d, at least base") Duration maxAge) {

	private static final Duration HOUR = Duration.ofHours(1);

	private static final Duration LEAST = Duration.ofMillis(10);

	/**
	 * Sets the defaults.
	 * @param retries how often
	 * @param base the first wait
	 * @param max the longest wait
	 * @param maxCalls how many calls are kept
	 * @param maxBytes how many bytes of their bodies
	 * @param maxAge for how long a call is kept
	 */
	public FailbackTerms(@Nullable Integer retries, @Nullable Duration base, @Nullable Duration max,
			@Nullable Integer maxCalls, @Nullable Long maxBytes, @Nullable Duration maxAge) {
		this.retries = (retries != null) ? retries : Integer.valueOf(3);
		this.base = (base != null) ? base : Duration.ofSeconds(5);
		this.max = (max != null) ? max
				: (this.base.compareTo(Duration.ofMinutes(1)) > 0) ? this.base : Duration.ofMinutes(1);
		this.maxCalls = (maxCalls != null) ? maxCalls : Integer.valueOf(100);
		this.maxBytes = (maxBytes != null) ? maxBytes : Long.valueOf(1_048_576);
		this.maxAge = (maxAge != null) ? maxAge : Duration.ofMinutes(10);
	}

	List<Violation> validate() {
		List<Violation> violations = new ArrayList<>();
		check(violations, "retries", this.retries, 1, 100);
		check(violations, "max-calls", this.maxCalls, 1, 10_000);
		check(violations, "max-bytes", this.maxBytes, 0, 1L << 30);
		if (this.base.compareTo(LEAST) < 0 || this.base.compareTo(HOUR) > 0) {
			violations.add(new Violation("failback.base", this.base.toString(), "10ms to 1h"));
		}
		if (this.max.compareTo(this.base) < 0 || this.max.compareTo(HOUR) > 0) {
			violations.add(new Violation("failback.max", this.max.toString(), "base to 1h"));
		}
		if (this.maxAge.compareTo(Duration.ofSeconds(1)) < 0 || this.maxAge.compareTo(Duration.ofDays(1)) > 0
				|| this.maxAge.compareTo(this.base) < 0) {
			violations.add(new Violation("failback.max-age", this.maxAge.toString(), "1s to 1d, and at least base"));
		}
		return violations;
	}

	private static void check(List<Violation> violations, String component, long value, long min, long max) {
		if (value < min || value > max) {
			violations.add(new Violation("failback." + component, String.valueOf(value), min + " to " + max));
		}
	}

	/**
	 * The wait before a retry, from 0.
	 */
	long waitNanos(int retry) {
		long base = this.base.toNanos();
		long max = this.max.toNanos();
		int shift = Math.min(retry, 30);
		return (base > (max >> shift)) ? max : base << shift;
	}

}
