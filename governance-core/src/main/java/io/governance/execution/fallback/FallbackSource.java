// SPDX-License-Identifier: Apache-2.0

package io.governance.execution.fallback;

import io.governance.answer.Answer;
import io.governance.answer.AnswerCopy;
import io.governance.answer.AnswerHead;
import io.governance.execution.CallFailure;
import io.governance.policy.Call;
import org.jspecify.annotations.Nullable;

/**
 * Where the answers of a rule come from. Thread-safe.
 */
interface FallbackSource {

	/**
	 * An answer, if there is one.
	 */
	@Nullable Answer answer(Call call, CallFailure failure);

	/**
	 * Takes a copy of a response, if that is of use.
	 */
	default @Nullable AnswerCopy copyOf(Call call, AnswerHead head) {
		return null;
	}

	/**
	 * The running state, for operators.
	 */
	default String state() {
		return "";
	}

}
