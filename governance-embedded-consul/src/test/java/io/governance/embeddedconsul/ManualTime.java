// SPDX-License-Identifier: Apache-2.0

package io.governance.embeddedconsul;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

import io.governance.time.TimeSource;

/**
 * Time that passes only when a test says so.
 */
public final class ManualTime implements TimeSource {

	private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1_000_000_000L);

	/** Lets time pass. */
	public void advance(Duration by) {
		this.nanos.addAndGet(by.toNanos());
	}

	@Override
	public long nanoTime() {
		return this.nanos.get();
	}

	@Override
	public long epochMillis() {
		return Duration.ofNanos(this.nanos.get()).toMillis();
	}

}
