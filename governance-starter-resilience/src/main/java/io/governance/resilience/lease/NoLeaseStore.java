// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.lease;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.governance.lease.LeaseBeat;
import io.governance.lease.LeaseGrant;
import io.governance.lease.LeaseRequest;
import io.governance.lease.LeaseStore;

/**
 * Stands for a store that the application does not have: never answers, and says why.
 * Limits that should be shared act by their {@code on-store-failure}.
 */
public final class NoLeaseStore implements LeaseStore {

	private final String reason;

	/**
	 * Creates it.
	 * @param reason why there is none, and what to do about it
	 */
	public NoLeaseStore(String reason) {
		this.reason = reason;
	}

	@Override
	public CompletionStage<LeaseBeat> beat() {
		return CompletableFuture.failedFuture(new IllegalStateException(this.reason));
	}

	@Override
	public CompletionStage<LeaseGrant> lend(LeaseRequest request, boolean full) {
		return CompletableFuture.failedFuture(new IllegalStateException(this.reason));
	}

	@Override
	public void close() {
		// there is nothing to close
	}

}
