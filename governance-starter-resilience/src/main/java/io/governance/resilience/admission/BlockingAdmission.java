// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.decision;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.governance.execution.Deadline;
import io.governance.policy.Decision;
import io.governance.time.TimeSource;
import org.jspecify.annotations.Nullable;

/**
 * Settles decisions on the caller's thread. Thread-safe.
 */
public final class BlockingDecisions {

	private final TimeSource time;

	/**
	 * Creates it.
	 * @param time the clock
	 */
	public BlockingDecisions(TimeSource time) {
		this.time = time;
	}

	/**
	 * Waits as a decision asks. Never waits past the deadline: a call that would is
	 * rejected at once.
	 * @param decision the decision
	 * @param deadline until when the caller waits; {@code null} for no bound
	 * @return the decision, admitted or rejected
	 * @throws InterruptedException if the thread is interrupted while it waits; nothing
	 * is held then
	 */
	public Decision settle(Decision decision, @Nullable Deadline deadline) throws InterruptedException {
		if (decision instanceof Decision.Delayed delayed) {
			return delay(delayed, deadline);
		}
		if (decision instanceof Decision.Pending pending) {
			return await(pending, deadline);
		}
		return decision;
	}

	private Decision delay(Decision.Delayed delayed, @Nullable Deadline deadline) throws InterruptedException {
		if (deadline != null && delayed.waitNanos() > deadline.remainingNanos(this.time)) {
			return Settled.tooLate(delayed.permit());
		}
		try {
			// nobody counts down: the latch waits for just the time, whatever wakes it
			new CountDownLatch(1).await(delayed.waitNanos(), TimeUnit.NANOSECONDS);
		}
		catch (InterruptedException ex) {
			Settled.giveBack(delayed);
			throw ex;
		}
		return new Decision.Admitted(delayed.permit());
	}

	private Decision await(Decision.Pending pending, @Nullable Deadline deadline) throws InterruptedException {
		CompletableFuture<Decision> answer = Settled.answer(pending);
		long bound = Settled.bound(pending, deadline, this.time);
		try {
			return settle(answer.get(bound, TimeUnit.NANOSECONDS), deadline);
		}
		catch (TimeoutException ex) {
			return settle(Settled.giveUp(answer), deadline);
		}
		catch (InterruptedException ex) {
			Settled.giveBack(Settled.giveUp(answer));
			throw ex;
		}
		catch (ExecutionException ex) {
			throw new IllegalStateException("a pending decision failed", ex.getCause());
		}
	}

}
