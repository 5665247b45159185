// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.admission;

import java.io.InterruptedIOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.governance.policy.Decision;

/**
 * Settles decisions on the caller's thread. Thread-safe.
 */
public final class BlockingAdmission {

	private final Pause pause;

	/**
	 * Creates it.
	 * @param pause waits
	 */
	public BlockingAdmission(Pause pause) {
		this.pause = pause;
	}

	/**
	 * Waits as a decision asks. Never waits past the deadline: a call that would is
	 * rejected at once.
	 * @param decision the decision
	 * @param patience how long the call may wait
	 * @return the decision, admitted or rejected
	 * @throws InterruptedIOException if the thread is interrupted while it waits; it
	 * stays so, and nothing is held then
	 */
	public Decision settle(Decision decision, Patience patience) throws InterruptedIOException {
		if (decision instanceof Decision.Delayed delayed) {
			return delay(delayed, patience);
		}
		if (decision instanceof Decision.Pending pending) {
			return settle(await(pending, patience), patience);
		}
		return decision;
	}

	private Decision delay(Decision.Delayed delayed, Patience patience) throws InterruptedIOException {
		if (!patience.allows(delayed.waitNanos())) {
			return Rejections.tooLate(delayed);
		}
		PermitLease lease = new PermitLease(delayed.permit());
		try {
			this.pause.await(delayed.waitNanos());
			return new Decision.Admitted(lease.take());
		}
		finally {
			lease.cancel();
		}
	}

	private static Decision await(Decision.Pending pending, Patience patience) throws InterruptedIOException {
		try {
			return pending.stage()
				.toCompletableFuture()
				.get(patience.bound(pending.boundNanos()), TimeUnit.NANOSECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			PermitLease.abandon(pending);
			InterruptedIOException interrupted = new InterruptedIOException("interrupted while waiting for a decision");
			interrupted.initCause(ex);
			throw interrupted;
		}
		catch (TimeoutException ex) {
			PermitLease.abandon(pending);
			return new Decision.Rejected(pending.late());
		}
		catch (ExecutionException ex) {
			throw new IllegalStateException("a decision failed", ex.getCause());
		}
	}

}
