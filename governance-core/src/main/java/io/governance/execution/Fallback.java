// SPDX-License-Identifier: Apache-2.0

package io.governance.execution;

import java.util.function.Predicate;

import io.governance.answer.Answer;
import io.governance.answer.AnswerCopy;
import io.governance.answer.AnswerHead;
import io.governance.policy.Call;
import org.jspecify.annotations.Nullable;

/**
 * What may answer a call in place of a failure. Thread-safe; never waits.
 */
public interface Fallback {

	/**
	 * Answers a call that ended without success, after the last attempt. To be asked once
	 * per call.
	 * @param call the call
	 * @param failure how it ended; never by the caller's own giving up
	 * @param fits whether the caller can be given an answer
	 * @return the answer; {@code null} to leave the failure as it is
	 */
	@Nullable Answer insteadOf(Call call, CallFailure failure, Predicate<Answer> fits);

	/**
	 * Answers a call that can be given any answer.
	 * @param call the call
	 * @param failure how it ended; never by the caller's own giving up
	 * @return the answer; {@code null} to leave the failure as it is
	 */
	default @Nullable Answer insteadOf(Call call, CallFailure failure) {
		return insteadOf(call, failure, (answer) -> true);
	}

	/**
	 * Asks for a copy of a response that the caller gets.
	 * @param call the call
	 * @param head the head of the response
	 * @return takes the body as the caller reads it; {@code null} where none is wanted
	 */
	default @Nullable AnswerCopy copyOf(Call call, AnswerHead head) {
		return null;
	}

}
