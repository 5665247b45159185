// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.execution;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import io.governance.answer.Answer;
import io.governance.answer.AnswerCopy;
import io.governance.answer.AnswerHead;
import io.governance.client.FailureKinds;
import io.governance.execution.AnswerCache;
import io.governance.execution.CacheTurn;
import io.governance.execution.CallFailure;
import io.governance.execution.Deadline;
import io.governance.execution.ExecutionPlan;
import io.governance.execution.Fallback;
import io.governance.policy.Call;
import io.governance.policy.CallRejectedException;
import io.governance.policy.Outcome;
import io.governance.policy.Rejection;
import io.governance.time.TimeSource;
import org.jspecify.annotations.Nullable;

/**
 * What one call may be answered with before it is made or in place of its failure, and
 * who wants a copy of its response. Never waits.
 *
 * @param <R> the response
 */
final class Replies<R> {

	private static final int MAX_CAUSES = 10;

	private static final int ACCEPTED = 202;

	/** On the answer to a call that is made again later: the id of the rule. */
	private static final String FAILBACK = "x-governance-failback";

	private final Call call;

	private final ExecutionPlan plan;

	private final Answers<R> answers;

	/** Of caches, what they want to know of this call. */
	private final List<CacheTurn.Make> makes = new CopyOnWriteArrayList<>();

	private final TimeSource time;

	private final @Nullable Later later;

	/** Until when this call waits for others, whichever those are. */
	private @Nullable Deadline waits;

	private volatile boolean over;

	private volatile boolean cancelled;

	Replies(Call call, ExecutionPlan plan, Answers<R> answers, TimeSource time, @Nullable Later later) {
		this.time = time;
		this.later = later;
		this.call = call;
		this.plan = plan;
		this.answers = answers;
	}

	/**
	 * Asks the caches, of which one may act.
	 * @return a hit, a wait, or that the call is to be made
	 */
	CacheTurn turn() {
		CacheTurn acting = CacheTurn.Make.PLAIN;
		for (AnswerCache cache : this.plan.caches()) {
			CacheTurn turn = make(cache.turn(this.call));
			acting = (turn instanceof CacheTurn.Make) ? acting : turn;
		}
		return acting;
	}

	/**
	 * How long to wait for another call: all waits together are not longer than the first
	 * one may be.
	 */
	long waitNanos(CacheTurn.Wait wait) {
		Deadline end = this.waits;
		if (end == null) {
			end = new Deadline(this.time.nanoTime() + wait.maxNanos());
			this.waits = end;
		}
		return Math.max(0, Math.min(wait.maxNanos(), end.remainingNanos(this.time)));
	}

	/**
	 * What to do after a wait.
	 */
	CacheTurn turn(CacheTurn.Shared shared) {
		return make(shared.turn(this.call));
	}

	CacheTurn make(CacheTurn turn) {
		if (turn instanceof CacheTurn.Make make) {
			this.makes.add(make);
			if (this.over) {
				ended();
			}
		}
		return turn;
	}

	/**
	 * The call ended. Who was asked for a copy is told by that.
	 */
	void ended() {
		this.over = true;
		this.makes.forEach((make) -> make.ended(this.cancelled));
		this.makes.clear();
	}

	/**
	 * The call was given up.
	 */
	void cancelled() {
		this.cancelled = true;
		ended();
	}

	/**
	 * The answer in place of an error.
	 */
	@Nullable Answer insteadOf(Exception error, boolean ownFailure) {
		return insteadOf(failure(error, ownFailure));
	}

	static CallFailure failure(Throwable error, boolean ownFailure) {
		Outcome.Kind kind = (error instanceof CallTimeoutException) ? Outcome.Kind.TIMEOUT
				: FailureKinds.of(error, ownFailure, null);
		return new CallFailure(Outcome.failure(kind, error, 0), rejection(error));
	}

	/**
	 * The answer in place of a response.
	 */
	@Nullable Answer insteadOf(Outcome outcome) {
		return insteadOf(new CallFailure(outcome, null));
	}

	private @Nullable Answer insteadOf(CallFailure failure) {
		if (failure.outcome().kind() == Outcome.Kind.CANCELLED) {
			this.cancelled = true;
			return null;
		}
		String rule = (this.later != null) ? this.later.accept(failure) : null;
		if (rule != null) {
			return new Answer(ACCEPTED, Map.of(FAILBACK, List.of(rule)), new byte[0]);
		}
		Answer first = null;
		for (Fallback fallback : this.plan.fallbacks()) {
			Answer answer = fallback.insteadOf(this.call, failure, this.answers::fits);
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
		if (!this.answers.isAsAsked(response)) {
			AnswerHead unknown = AnswerHead.notToBeKept(status);
			this.makes.forEach((make) -> make.copyOf(unknown));
			return response;
		}
		AnswerHead head = this.answers.head(response, status);
		R copied = response;
		for (Fallback fallback : this.plan.fallbacks()) {
			copied = copied(copied, fallback.copyOf(this.call, head), head);
		}
		for (CacheTurn.Make make : this.makes) {
			copied = copied(copied, make.copyOf(head), head);
		}
		this.makes.clear();
		return copied;
	}

	private R copied(R response, @Nullable AnswerCopy copy, AnswerHead head) {
		if (copy == null) {
			return response;
		}
		if ("HEAD".equals(this.call.method()) || head.status() == 204
				|| head.headers().getOrDefault("content-length", List.of()).contains("0")) {
			// nobody reads what is not there
			copy.complete();
			return response;
		}
		return this.answers.copied(response, copy);
	}

}
