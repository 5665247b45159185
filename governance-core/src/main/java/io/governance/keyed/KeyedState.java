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
	 * Says that a sweep found the state not idle. Sweeps are some time apart.
	 */
	default void kept() {
		// most know by themselves what is under way
	}

	/**
	 * Says that the state was dropped.
	 */
	default void dropped() {
		// most have nothing to take back
	}

}
