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
	 * @param late what a call is told for which the decision did not come within the
	 * bound
	 * @param abandoned run by the engine, once, when a call is given up, whether the
	 * policy's decision was made already or not. The policy may still make one: what it
	 * admits is given back, what it rejects is counted
	 */
	record Pending(CompletionStage<Decision> stage, long boundNanos, Rejection late,
			Runnable abandoned) implements Decision {

		private static final Rejection NO_ANSWER = Rejection.of(Reason.DECISION_TIMEOUT);

		private static final Runnable NOTHING = () -> {
		};

		/**
		 * A decision that is made whether anybody waits for it or not.
		 * @param stage gives the decision; never another pending one
		 * @param boundNanos the longest wait for it, in nanoseconds
		 */
		public Pending(CompletionStage<Decision> stage, long boundNanos) {
			this(stage, boundNanos, NO_ANSWER);
		}

		/**
		 * A decision that is made whether anybody waits for it or not.
		 * @param stage gives the decision; never another pending one
		 * @param boundNanos the longest wait for it, in nanoseconds
		 * @param late what a call is told for which it did not come within the bound
		 */
		public Pending(CompletionStage<Decision> stage, long boundNanos, Rejection late) {
			this(stage, boundNanos, late, NOTHING);
		}

	}

	/**
	 * What a caller may be told of a quota. It counts on, so it holds for the moment.
	 *
	 * @param name the name of the quota
	 * @param limit calls per window
	 * @param windowSeconds the window, in whole seconds
	 * @param remaining calls that may still come at once
	 * @param resetSeconds until the quota is whole again; for a rejected call, until a
	 * new try makes sense
	 */
	record Quota(String name, long limit, long windowSeconds, long remaining, long resetSeconds) {
	}

}
