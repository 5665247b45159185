// SPDX-License-Identifier: Apache-2.0

package io.governance.policy.bulkhead;

import java.util.concurrent.CompletableFuture;

import io.governance.policy.Decision;

/**
 * A call that waits for others to end.
 *
 * @param decision what becomes of it
 * @param until when it has waited for long enough, by the monotonic clock
 */
record WaitingCall(CompletableFuture<Decision> decision, long until) {

	static WaitingCall until(long until) {
		return new WaitingCall(new CompletableFuture<>(), until);
	}

	boolean isLate(long now) {
		return now - this.until >= 0;
	}

	/**
	 * Settles what becomes of it.
	 * @return whether it was not settled before
	 */
	boolean settle(Decision settled) {
		return this.decision.complete(settled);
	}

}
