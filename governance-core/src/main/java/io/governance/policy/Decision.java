// SPDX-License-Identifier: Apache-2.0

package io.governance.policy;

import java.util.concurrent.CompletionStage;

/**
 * The answer of an admission policy.
 */
public sealed interface Decision {

	/** Admitted, holding nothing: the common answer, shared so that it costs nothing. */
	Decision ADMITTED = new Admitted(Permit.NONE);

	/**
	 * The call may go.
	 *
	 * @param permit to be released when the call ends
	 */
	record Admitted(Permit permit) implements Decision {
	}

	/**
	 * The call may not go.
	 *
	 * @param rejection why, and when to come back
	 */
	record Rejected(Rejection rejection) implements Decision {
	}

	/**
	 * The call may go after a wait. The asker waits, without holding a thread where it
	 * need not.
	 *
	 * @param permit to be released when the call ends, also when the wait is abandoned
	 * @param waitNanos the wait, in nanoseconds
	 */
	record Delayed(Permit permit, long waitNanos) implements Decision {
	}

	/**
	 * The decision is made elsewhere.
	 *
	 * @param stage gives the decision; never another pending one
	 * @param boundNanos the longest wait for it, in nanoseconds; past that the call is
	 * rejected. Whoever gives up waiting on the engine's answer cancels its
	 * {@code toCompletableFuture()}: what the call holds already is then given back, and
	 * a late permit released
	 */
	record Pending(CompletionStage<Decision> stage, long boundNanos) implements Decision {
	}

}
