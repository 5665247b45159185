// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.admission;

import io.governance.policy.Permit.Fault;
import io.governance.policy.Reason;
import io.governance.policy.Rejection;
import org.jspecify.annotations.Nullable;

/**
 * How a server carries a fault out. A delay that outlasts the call's deadline lasts as
 * long as somebody waits, as that of a slow handler would.
 *
 * @param waitNanos how long the call is held up, in nanoseconds
 * @param answer what it is told then; {@code null} where it goes on
 */
public record Injection(long waitNanos, @Nullable Rejection answer) {

	/**
	 * Decides what becomes of a call.
	 * @param fault the fault it is to meet
	 * @param patience how long the call may wait
	 * @return how that is carried out
	 */
	public static Injection of(Fault fault, Patience patience) {
		Rejection answer = patience.allows(fault.delayNanos()) ? fault.rejection()
				: Rejection.of(Reason.DEADLINE_EXCEEDED);
		return new Injection(patience.bound(fault.delayNanos()), answer);
	}

}
