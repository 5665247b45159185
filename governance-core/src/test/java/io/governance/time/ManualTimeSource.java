// SPDX-License-Identifier: Apache-2.0

package io.governance.time;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A clock that stands still until a test moves it.
 */
public final class ManualTimeSource implements TimeSource {

	private final AtomicLong nanos;

	private volatile long step;

	public ManualTimeSource() {
		this(0);
	}

	public ManualTimeSource(long nanos) {
		this.nanos = new AtomicLong(nanos);
	}

	@Override
	public long nanoTime() {
		return this.nanos.getAndAdd(this.step);
	}

	@Override
	public long epochMillis() {
		return this.nanos.get() / 1_000_000;
	}

	public void advance(Duration duration) {
		this.nanos.addAndGet(duration.toNanos());
	}

	public void advanceNanos(long duration) {
		this.nanos.addAndGet(duration);
	}

	public void advanceSeconds(long seconds) {
		advance(Duration.ofSeconds(seconds));
	}

	/**
	 * Has each look at the clock move it, so that one operation sees several times.
	 */
	public void stepAtEachRead(Duration duration) {
		this.step = duration.toNanos();
	}

}
