// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.decision;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import io.governance.execution.Deadline;
import io.governance.policy.Decision;
import io.governance.time.TimeSource;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Settles decisions without holding a thread. Thread-safe.
 */
public final class ReactiveDecisions {

	private final TimeSource time;

	/**
	 * Creates it.
	 * @param time the clock
	 */
	public ReactiveDecisions(TimeSource time) {
		this.time = time;
	}

	/**
	 * Waits as a decision asks. Never waits past the deadline: a call that would is
	 * rejected at once. On cancellation what was held is given back.
	 * @param decision the decision
	 * @param deadline until when the caller waits; {@code null} for no bound
	 * @return the decision, admitted or rejected
	 */
	public Mono<Decision> settle(Decision decision, @Nullable Deadline deadline) {
		if (decision instanceof Decision.Delayed delayed) {
			return delay(delayed, deadline);
		}
		if (decision instanceof Decision.Pending pending) {
			return await(pending, deadline);
		}
		return Mono.just(decision);
	}

	private Mono<Decision> delay(Decision.Delayed delayed, @Nullable Deadline deadline) {
		if (deadline != null && delayed.waitNanos() > deadline.remainingNanos(this.time)) {
			return Mono.just(Settled.tooLate(delayed.permit()));
		}
		Decision admitted = new Decision.Admitted(delayed.permit());
		return Mono.delay(Duration.ofNanos(delayed.waitNanos()))
			.thenReturn(admitted)
			.doOnCancel(() -> Settled.giveBack(admitted));
	}

	private Mono<Decision> await(Decision.Pending pending, @Nullable Deadline deadline) {
		CompletableFuture<Decision> answer = Settled.answer(pending);
		Duration bound = Duration.ofNanos(Settled.bound(pending, deadline, this.time));
		return Mono.fromFuture(answer, true)
			.timeout(bound, Mono.fromSupplier(() -> Settled.giveUp(answer)))
			.flatMap((settled) -> settle(settled, deadline))
			.doOnCancel(() -> Settled.giveBack(Settled.giveUp(answer)));
	}

}
