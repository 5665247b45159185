// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.admission;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

import io.governance.policy.Decision;
import io.governance.policy.Outcome;
import io.governance.policy.Permit;
import io.governance.policy.Permit.Fault;
import org.jspecify.annotations.Nullable;

/**
 * A permit that is given back once, by whoever comes first. Thread-safe.
 */
public final class PermitLease {

	private static final Outcome CANCELLED = Outcome.failure(Outcome.Kind.CANCELLED, null, 0);

	private final AtomicReference<Permit> permit;

	/**
	 * Creates a lease.
	 * @param permit what is to be given back
	 */
	public PermitLease(Permit permit) {
		this.permit = new AtomicReference<>(permit);
	}

	/**
	 * What the call is to meet on its way, as the permit says.
	 * @return the fault; mostly none
	 */
	public @Nullable Fault fault() {
		return Objects.requireNonNull(this.permit.get()).fault();
	}

	/**
	 * Takes the permit over, so that this lease gives nothing back any more.
	 * @return the permit, to be released; {@link Permit#NONE} if it is given back already
	 */
	public Permit take() {
		return this.permit.getAndSet(Permit.NONE);
	}

	/**
	 * Gives the permit back, unless it is already, or was taken over.
	 * @param outcome how the call ended
	 */
	public void release(Outcome outcome) {
		take().release(outcome);
	}

	/**
	 * Gives the permit back for a call that was given up.
	 */
	public void cancel() {
		release(cancelled());
	}

	/**
	 * How a call ends that is given up.
	 * @return the outcome
	 */
	public static Outcome cancelled() {
		return CANCELLED;
	}

	/**
	 * Gives back what a decision holds that nobody waits for any more, be it now or when
	 * it is made. To be called once per decision.
	 * @param decision the decision
	 */
	public static void abandon(Decision decision) {
		if (decision instanceof Decision.Admitted admitted) {
			admitted.permit().release(cancelled());
		}
		else if (decision instanceof Decision.Delayed delayed) {
			delayed.permit().release(cancelled());
		}
		else if (decision instanceof Decision.Pending pending) {
			// once cancelled, whoever answers gives everything back
			boolean cancelled = pending.stage().toCompletableFuture().cancel(false);
			if (!cancelled) {
				pending.stage().thenAccept(PermitLease::abandon);
			}
		}
	}

}
