// SPDX-License-Identifier: Apache-2.0

package io.governance.test.lease;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;

import io.governance.lease.LeaseBeat;
import io.governance.lease.LeaseGrant;
import io.governance.lease.LeaseRequest;
import io.governance.lease.LeaseStore;

/**
 * A store of limits with {@code scope: cluster} that lends as many permits as a test
 * gives it, for all limits together, and is away when a test says so. Thread-safe.
 */
public final class FakeLeaseStore implements LeaseStore {

	private final AtomicLong permits = new AtomicLong();

	private volatile boolean away;

	/**
	 * Gives it permits to lend, in place of those it has.
	 * @param count how many
	 */
	public void permits(long count) {
		this.permits.set(count);
	}

	/**
	 * Has it answer, or not.
	 * @param gone whether it is away
	 */
	public void away(boolean gone) {
		this.away = gone;
	}

	@Override
	public CompletionStage<LeaseBeat> beat() {
		return this.away ? CompletableFuture.failedFuture(new IllegalStateException("away"))
				: CompletableFuture.completedFuture(new LeaseBeat(1, 1));
	}

	@Override
	public CompletionStage<LeaseGrant> lend(LeaseRequest request, boolean full) {
		if (this.away) {
			return CompletableFuture.failedFuture(new IllegalStateException("away"));
		}
		long before = this.permits
			.getAndUpdate((left) -> left - Math.min(left, Math.max(0, request.wanted() - request.held())));
		long left = this.permits.get();
		return CompletableFuture.completedFuture(new LeaseGrant(before - left, (left > 0) ? 0 : 1_000_000_000L, left));
	}

	@Override
	public void close() {
		// holds nothing
	}

}
