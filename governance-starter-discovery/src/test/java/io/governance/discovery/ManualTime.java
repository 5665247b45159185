// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

import io.governance.time.TimeSource;

/**
 * A clock that a test moves.
 */
public final class ManualTime implements TimeSource {

	private final AtomicLong nanos = new AtomicLong(1_000_000_000L);

	@Override
	public long nanoTime() {
		return this.nanos.get();
	}

	@Override
	public long epochMillis() {
		return this.nanos.get() / 1_000_000;
	}

	public void advance(Duration duration) {
		this.nanos.addAndGet(duration.toNanos());
	}

}
