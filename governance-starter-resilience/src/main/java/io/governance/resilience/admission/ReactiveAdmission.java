// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.execution;

import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

import io.governance.policy.Decision;
import io.governance.policy.Reason;
import io.governance.policy.Rejection;
import io.governance.policy.Segment;
import reactor.core.publisher.Mono;

/**
 * Asks for admission and runs what is admitted. A permit is never lost: from the moment
 * it is there, cancelling gives it back.
 */
final class ReactiveAdmission {

	private final CallRun run;

	ReactiveAdmission(CallRun run) {
		this.run = run;
	}

	<R> Mono<R> admit(Segment segment, Function<PermitLease, Mono<R>> admitted) {
		return Mono.defer(() -> follow(this.run.ask(segment), admitted));
	}

	private <R> Mono<R> follow(Decision decision, Function<PermitLease, Mono<R>> admitted) {
		if (decision instanceof Decision.Rejected rejected) {
			return Mono.error(this.run.rejected(rejected.rejection()));
		}
		if (decision instanceof Decision.Pending pending) {
			return await(pending, admitted);
		}
		if (decision instanceof Decision.Delayed delayed) {
			return delay(delayed, admitted);
		}
		PermitLease lease = new PermitLease(((Decision.Admitted) decision).permit());
		return held(lease, admitted.apply(lease));
	}

	private static <R> Mono<R> held(PermitLease lease, Mono<R> work) {
		return work.doOnError((error) -> lease.cancel()).doOnCancel(lease::cancel);
	}

	private <R> Mono<R> delay(Decision.Delayed delayed, Function<PermitLease, Mono<R>> admitted) {
		PermitLease lease = new PermitLease(delayed.permit());
		if (!this.run.allows(delayed.waitNanos())) {
			lease.cancel();
			return Mono.error(this.run.deadlineExceeded());
		}
		return held(lease,
				Mono.delay(Duration.ofNanos(delayed.waitNanos())).then(Mono.defer(() -> admitted.apply(lease))));
	}

	private <R> Mono<R> await(Decision.Pending pending, Function<PermitLease, Mono<R>> admitted) {
		AtomicBoolean taken = new AtomicBoolean();
		Runnable abandon = () -> {
			if (taken.compareAndSet(false, true)) {
				PermitLease.abandon(pending);
			}
		};
		return Mono.fromFuture(pending.stage().toCompletableFuture(), true)
			.timeout(Duration.ofNanos(this.run.boundedBy(pending.boundNanos())))
			.onErrorMap(TimeoutException.class, (error) -> this.run.rejected(Rejection.of(Reason.DECISION_TIMEOUT)))
			.doOnError((error) -> abandon.run())
			.doOnCancel(abandon)
			.flatMap((decision) -> taken.compareAndSet(false, true) ? follow(decision, admitted) : Mono.never());
	}

}
