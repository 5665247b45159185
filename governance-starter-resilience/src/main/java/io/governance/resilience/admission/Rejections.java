// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.admission;

import io.governance.policy.Decision;
import io.governance.policy.Outcome;
import io.governance.policy.Reason;
import io.governance.policy.Rejection;

/**
 * What a call is told that cannot wait as long as a decision asks.
 */
final class Rejections {

	private static final Decision TOO_LATE = new Decision.Rejected(Rejection.of(Reason.DEADLINE_EXCEEDED));

	private Rejections() {
	}

	/**
	 * The wait would outlast the call: gives back what the call holds already.
	 */
	static Decision tooLate(Decision.Delayed delayed) {
		delayed.permit().release(Outcome.failure(Outcome.Kind.REJECTED, null, 0));
		return TOO_LATE;
	}

}
