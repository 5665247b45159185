// SPDX-License-Identifier: Apache-2.0

package io.governance.keyed;

/**
 * What is kept for one key. Thread-safe.
 */
public interface KeyedState {

	/**
	 * Whether a new state would behave the same, so that this one may be dropped.
	 * @return whether nothing would be lost; never {@code true} while calls hold permits
	 * of it
	 */
	boolean isIdle();

	/**
	 * Says that the state was dropped.
	 */
	default void dropped() {
		// most have nothing to take back
	}

}
