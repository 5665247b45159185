// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.execution;

import java.util.List;

import io.governance.answer.Answer;
import io.governance.answer.AnswerCopy;
import io.governance.answer.AnswerHead;
import io.governance.client.FailureKinds;
import io.governance.execution.CallFailure;
import io.governance.execution.Fallback;
import io.governance.policy.Call;
import io.governance.policy.CallRejectedException;
import io.governance.policy.Outcome;
import io.governance.policy.Rejection;
import org.jspecify.annotations.Nullable;

/**
 * What one call may be answered with in place of its failure, and who wants a copy of its
 * response. Never waits.
 *
 * @param <R> the response
 */
final class Replies<R> {

	private static final int MAX_CAUSES = 10;

	private final Call call;

	private final List<Fallback> fallbacks;

	private final Answers<R> answers;

	Replies(Call call, List<Fallback> fallbacks, Answers<R> answers) {
		this.call = call;
		this.fallbacks = fallbacks;
		this.answers = answers;
	}

	/**
	 * The answer in place of an error.
	 */
	@Nullable Answer insteadOf(Exception error, boolean ownFailure) {
		Rejection rejection = rejection(error);
		Outcome.Kind kind = (error instanceof CallTimeoutException) ? Outcome.Kind.TIMEOUT
				: FailureKinds.of(error, ownFailure, null);
		return insteadOf(new CallFailure(Outcome.failure(kind, error, 0), rejection));
	}

	/**
	 * The answer in place of a response.
	 */
	@Nullable Answer insteadOf(Outcome outcome) {
		return insteadOf(new CallFailure(outcome, null));
	}

	private @Nullable Answer insteadOf(CallFailure failure) {
		if (failure.outcome().kind() == Outcome.Kind.CANCELLED) {
			return null;
		}
		Answer first = null;
		for (Fallback fallback : this.fallbacks) {
			Answer answer = fallback.insteadOf(this.call, failure);
			first = (first != null) ? first : answer;
		}
		return first;
	}

	private static @Nullable Rejection rejection(Throwable error) {
		Throwable cause = error;
		for (int depth = 0; cause != null && depth < MAX_CAUSES; depth++) {
			if (cause instanceof CallRejectedException rejected) {
				return rejected.rejection();
			}
			cause = cause.getCause();
		}
		return null;
	}

	R response(Answer answer) {
		return this.answers.response(answer);
	}

	/**
	 * The response, copied as it is read where somebody wants that.
	 */
	R copied(R response, int status) {
		if (status / 100 != 2 || !this.answers.isAsAsked(response)) {
			return response;
		}
		AnswerHead head = new AnswerHead(status, this.answers.headers(response));
		R copied = response;
		for (Fallback fallback : this.fallbacks) {
			AnswerCopy copy = fallback.copyOf(this.call, head);
			copied = (copy != null) ? copied(copied, copy, head) : copied;
		}
		return copied;
	}

	private R copied(R response, AnswerCopy copy, AnswerHead head) {
		if ("HEAD".equals(this.call.method()) || head.status() == 204
				|| head.headers().getOrDefault("content-length", List.of()).contains("0")) {
			// nobody reads what is not there
			copy.complete();
			return response;
		}
		return this.answers.copied(response, copy);
	}

}
