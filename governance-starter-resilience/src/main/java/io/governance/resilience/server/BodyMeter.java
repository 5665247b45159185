// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.server;

import io.governance.time.TimeSource;

/**
 * Watches one request body. Used by one thread at a time.
 */
final class BodyMeter {

	private final ServerLimits limits;

	private final TimeSource time;

	private volatile long bytes;

	private volatile long waitedNanos;

	/** 0 while nobody waits. */
	private volatile long waitingSince;

	BodyMeter(ServerLimits limits, TimeSource time) {
		this.limits = limits;
		this.time = time;
	}

	/**
	 * Somebody waits for bytes.
	 */
	void begin() {
		long now = this.time.nanoTime();
		this.waitingSince = (now != 0) ? now : 1;
	}

	/**
	 * Bytes have come, or the end.
	 * @throws io.governance.policy.CallRejectedException if they are too many, or were
	 * too slow
	 */
	@SuppressWarnings("NonAtomicVolatileUpdate")
	void end(long count) {
		if (count > 0) {
			this.bytes += count;
			if (this.limits.isTooLarge(this.bytes)) {
				throw ServerLimits.tooLarge();
			}
		}
		this.waitedNanos = waitedNanos();
		this.waitingSince = 0;
		if (count > 0) {
			check();
		}
	}

	/**
	 * Looks whether the body is too slow.
	 * @throws io.governance.policy.CallRejectedException if it is
	 */
	void check() {
		if (this.limits.isTooSlow(this.bytes, waitedNanos())) {
			throw ServerLimits.tooSlow();
		}
	}

	private long waitedNanos() {
		long since = this.waitingSince;
		return this.waitedNanos + ((since != 0) ? this.time.nanoTime() - since : 0);
	}

}
