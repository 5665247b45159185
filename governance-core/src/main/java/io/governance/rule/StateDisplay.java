// SPDX-License-Identifier: Apache-2.0

package io.governance.rule;

/**
 * Where a policy shows the state that it keeps for each called service, for meters.
 * Thread-safe; to be told of changes only, not of each call. How many services there are
 * must be bounded by the policy.
 */
public interface StateDisplay {

	/** Shows nothing. */
	StateDisplay NONE = new StateDisplay() {

		@Override
		public void show(String service, String state) {
			// nobody looks
		}

		@Override
		public void forget(String service) {
			// nobody looks
		}

	};

	/**
	 * Shows the state for a service.
	 * @param service the called service
	 * @param state one of few, lower case with dashes, such as {@code half-open}
	 */
	void show(String service, String state);

	/**
	 * Shows nothing for a service any more.
	 * @param service the called service
	 */
	void forget(String service);

}
