// SPDX-License-Identifier: Apache-2.0

package io.governance.execution;

import io.governance.answer.Answer;
import io.governance.policy.Call;
import org.jspecify.annotations.Nullable;

/**
 * What may answer a call before it is made. Thread-safe; never waits.
 */
@FunctionalInterface
public interface AnswerCache {

	/**
	 * Decides on a call. What it is given must be ended.
	 * @param call the call
	 * @return what to do with it
	 */
	CacheTurn turn(Call call);

	/**
	 * Looks for what is kept, and leaves it at that.
	 * @param call the call
	 * @return the answer; {@code null} where there is none
	 */
	default @Nullable Answer find(Call call) {
		return null;
	}

	/**
	 * Keeps an answer that was made elsewhere, in place of what was kept before; where it
	 * may not be kept, nothing is.
	 * @param call the call
	 * @param answer the answer
	 */
	default void keep(Call call, Answer answer) {
		// keeps nothing
	}

	/**
	 * Forgets what is kept of a service, for all principals, and what is under way.
	 * @param service the service
	 * @param subject of which calls; {@code null} for all
	 * @return whether anything was kept
	 */
	default boolean forget(String service, @Nullable Object subject) {
		return false;
	}

}
