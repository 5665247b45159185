// SPDX-License-Identifier: Apache-2.0

package io.governance.test;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

import io.governance.time.TimeSource;

/**
 * A clock that stands still until a test moves it. Thread-safe.
 */
public final class ManualTimeSource implements TimeSource {

	private final AtomicLong nanos = new AtomicLong();

	@Override
	public long nanoTime() {
		return this.nanos.get();
	}

	@Override
	public long epochMillis() {
		return this.nanos.get() / 1_000_000;
	}

	/**
	 * Moves the clock.
	 * @param duration how far
	 */
	public void advance(Duration duration) {
		this.nanos.addAndGet(duration.toNanos());
	}

}
