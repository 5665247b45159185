// SPDX-License-Identifier: Apache-2.0

package io.governance.execution;

import io.governance.answer.Answer;
import io.governance.policy.Call;
import org.jspecify.annotations.Nullable;

/**
 * Answers calls that failed: to be implemented by a bean of the application, which a
 * {@code fallback} rule names. Must be thread-safe. Runs where the call failed: on the
 * caller's thread, or, for a reactive client, on a thread that must not be blocked.
 */
@FunctionalInterface
public interface FallbackAnswer {

	/**
	 * Answers a call.
	 * @param call the call; not to be kept
	 * @param failure how it ended
	 * @return the answer; {@code null} to leave the failure as it is, and so does an
	 * exception
	 */
	@Nullable Answer answer(Call call, CallFailure failure);

}
