// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.lease;

import java.util.concurrent.atomic.AtomicBoolean;

import io.governance.lease.LeaseGrant;
import io.governance.lease.LeaseHolder;

/**
 * A request on its way. What is answered after it was given up is not used: the store
 * learns with the next request that the holder does not have it. Thread-safe.
 */
final class PendingLease {

	private final LeaseHolder holder;

	private final long sentAt;

	private final AtomicBoolean done = new AtomicBoolean();

	PendingLease(LeaseHolder holder, long sentAt) {
		this.holder = holder;
		this.sentAt = sentAt;
	}

	boolean isDone() {
		return this.done.get();
	}

	boolean isLate(long now, long afterNanos) {
		return now - this.sentAt >= afterNanos;
	}

	void granted(LeaseGrant grant) {
		if (this.done.compareAndSet(false, true)) {
			this.holder.granted(grant);
		}
	}

	/**
	 * Gives it up.
	 * @return whether it was still open
	 */
	boolean giveUp() {
		boolean open = this.done.compareAndSet(false, true);
		if (open) {
			this.holder.failed();
		}
		return open;
	}

}
