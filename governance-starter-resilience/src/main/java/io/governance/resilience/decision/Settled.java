// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.decision;

import java.util.concurrent.CompletableFuture;

import io.governance.execution.Deadline;
import io.governance.policy.Decision;
import io.governance.policy.Outcome;
import io.governance.policy.Permit;
import io.governance.policy.Reason;
import io.governance.policy.Rejection;
import io.governance.time.TimeSource;
import org.jspecify.annotations.Nullable;

/**
 * How waiting for a decision can end, so that no permit is lost in a race between an
 * answer and the end of patience.
 */
final class Settled {

	private static final Decision NO_ANSWER = new Decision.Rejected(Rejection.of(Reason.DECISION_TIMEOUT));

	private Settled() {
	}

	/**
	 * The answer to come; whoever completes the future first has the say, and what comes
	 * later is given back.
	 */
	static CompletableFuture<Decision> answer(Decision.Pending pending) {
		CompletableFuture<Decision> answer = new CompletableFuture<>();
		pending.stage().whenComplete((decision, error) -> {
			if (error != null) {
				answer.completeExceptionally(error);
			}
			else if (!answer.complete(decision)) {
				giveBack(decision);
			}
		});
		return answer;
	}

	static Decision giveUp(CompletableFuture<Decision> answer) {
		answer.complete(NO_ANSWER);
		return answer.join();
	}

	static long bound(Decision.Pending pending, @Nullable Deadline deadline, TimeSource time) {
		return (deadline != null) ? Math.max(0, Math.min(pending.boundNanos(), deadline.remainingNanos(time)))
				: pending.boundNanos();
	}

	static Decision tooLate(Permit permit) {
		permit.release(Outcome.failure(Outcome.Kind.REJECTED, null, 0));
		return new Decision.Rejected(Rejection.of(Reason.DEADLINE_EXCEEDED));
	}

	static void giveBack(Decision decision) {
		Permit permit = Permit.NONE;
		if (decision instanceof Decision.Admitted admitted) {
			permit = admitted.permit();
		}
		else if (decision instanceof Decision.Delayed delayed) {
			permit = delayed.permit();
		}
		permit.release(Outcome.failure(Outcome.Kind.CANCELLED, null, 0));
	}

}
