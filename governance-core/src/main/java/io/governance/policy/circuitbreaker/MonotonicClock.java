// SPDX-License-Identifier: Apache-2.0

package io.governance.policy.circuitbreaker;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

import io.governance.time.TimeSource;

/**
 * The monotonic clock in the form that Resilience4j asks for: a jump of the wall clock
 * must not hold a breaker open.
 */
final class MonotonicClock extends Clock {

	private final TimeSource time;

	MonotonicClock(TimeSource time) {
		this.time = time;
	}

	@Override
	public ZoneId getZone() {
		return ZoneOffset.UTC;
	}

	@Override
	public Clock withZone(ZoneId zone) {
		return this;
	}

	@Override
	public Instant instant() {
		return Instant.ofEpochSecond(0, this.time.nanoTime());
	}

}
