// SPDX-License-Identifier: Apache-2.0

package io.governance.policy;

/**
 * A running admission policy. Thread-safe; asked concurrently and never blocks: whoever
 * must wait is told so by the {@link Decision}.
 */
public interface Policy {

	/**
	 * Asks whether the call may go.
	 * @param call the call
	 * @return the decision; what it admits must be released
	 */
	Decision tryAcquire(Call call);

	/**
	 * Says what {@link #tryAcquire} would decide now, without effect: nothing is taken,
	 * changed or counted, whether or not the call ever comes.
	 * @param call the call, as an operator describes it
	 * @return what would be decided
	 */
	Forecast foresee(Call call);

	/**
	 * Whether this policy goes on with the running state of the one before it: what that
	 * one shows of its state then stays shown.
	 * @param before the policy of the rule that this one's replaces
	 * @return whether it does
	 */
	default boolean continues(Policy before) {
		return this == before;
	}

	/**
	 * A short, bounded description of the running state for operators.
	 * @return the state, such as {@code CLOSED} or {@code 12 keys}
	 */
	default String state() {
		return "";
	}

}
