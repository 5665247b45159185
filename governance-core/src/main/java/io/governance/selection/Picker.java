// SPDX-License-Identifier: Apache-2.0

package io.governance.selection;

import org.jspecify.annotations.Nullable;

/**
 * Chooses the instance for an attempt, from a fixed set. Asked concurrently, on the path
 * of calls: in constant or logarithmic time, without locks, allocating nothing.
 */
@FunctionalInterface
public interface Picker {

	/** Has no instance. */
	Picker NONE = (key, tried, nowNanos) -> null;

	/**
	 * Chooses an instance.
	 * @param key what keeps calls together; {@code null} for nothing
	 * @param tried what was already tried for this call, and is avoided as long as there
	 * is something else
	 * @param nowNanos the time on the monotonic clock
	 * @return the instance; {@code null} where there is none at all
	 */
	@Nullable Host pick(@Nullable String key, Tried tried, long nowNanos);

	/** What was already tried for a call. */
	@FunctionalInterface
	interface Tried {

		/** Nothing. */
		Tried NOTHING = (id) -> false;

		/**
		 * Whether an instance was tried.
		 * @param id its id
		 * @return whether it was
		 */
		boolean contains(String id);

	}

}
