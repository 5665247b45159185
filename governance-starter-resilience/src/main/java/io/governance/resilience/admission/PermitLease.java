// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.execution;

import java.util.concurrent.atomic.AtomicBoolean;

import io.governance.policy.Decision;
import io.governance.policy.Outcome;
import io.governance.policy.Permit;

/**
 * A permit that is given back once, by whoever comes first.
 */
final class PermitLease {

	private final Permit permit;

	private final AtomicBoolean released = new AtomicBoolean();

	PermitLease(Permit permit) {
		this.permit = permit;
	}

	void release(Outcome outcome) {
		if (this.released.compareAndSet(false, true)) {
			this.permit.release(outcome);
		}
	}

	void cancel() {
		release(cancelled());
	}

	static Outcome cancelled() {
		return Outcome.failure(Outcome.Kind.CANCELLED, null, 0);
	}

	/**
	 * Gives back what a decision admits that nobody waits for any more.
	 */
	static void abandon(Decision decision) {
		if (decision instanceof Decision.Admitted admitted) {
			admitted.permit().release(cancelled());
		}
		else if (decision instanceof Decision.Delayed delayed) {
			delayed.permit().release(cancelled());
		}
		else if (decision instanceof Decision.Pending pending) {
			pending.stage().thenAccept(PermitLease::abandon);
		}
	}

}
