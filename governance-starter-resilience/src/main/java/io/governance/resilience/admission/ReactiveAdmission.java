// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.admission;

import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

import io.governance.policy.Decision;
import io.governance.policy.Rejection;
import reactor.core.publisher.Mono;

/**
 * Waits as a decision asks, without holding a thread, and runs what is admitted. A permit
 * is never lost: from the moment it is there until it is taken over, cancelling gives it
 * back. For one decision of one call.
 *
 * @param <R> what an admitted call gives
 */
public final class ReactiveAdmission<R> {

	private final Patience patience;

	private final Function<PermitLease, Mono<R>> admitted;

	private final Function<Rejection, Mono<R>> rejected;

	/**
	 * Creates it.
	 * @param patience how long the call may wait
	 * @param admitted what an admitted call does. It takes the permit over or releases
	 * it; if it fails, or is cancelled, before it has, the permit is given back as that
	 * of a cancelled call
	 * @param rejected what a rejected call does
	 */
	public ReactiveAdmission(Patience patience, Function<PermitLease, Mono<R>> admitted,
			Function<Rejection, Mono<R>> rejected) {
		this.patience = patience;
		this.admitted = admitted;
		this.rejected = rejected;
	}

	/**
	 * Follows a decision. Never waits past the deadline: a call that would is rejected at
	 * once.
	 * @param decision the decision
	 * @return what the call gives; to be subscribed to at once, since it holds what the
	 * decision holds
	 */
	public Mono<R> follow(Decision decision) {
		if (decision instanceof Decision.Rejected rejection) {
			return this.rejected.apply(rejection.rejection());
		}
		if (decision instanceof Decision.Pending pending) {
			return await(pending);
		}
		if (decision instanceof Decision.Delayed delayed) {
			return delay(delayed);
		}
		PermitLease lease = new PermitLease(((Decision.Admitted) decision).permit());
		return (decision == Decision.ADMITTED) ? this.admitted.apply(lease)
				: held(lease, Mono.defer(() -> this.admitted.apply(lease)));
	}

	private static <R> Mono<R> held(PermitLease lease, Mono<R> work) {
		return work.doOnError((error) -> lease.cancel()).doOnCancel(lease::cancel);
	}

	private Mono<R> delay(Decision.Delayed delayed) {
		if (!this.patience.allows(delayed.waitNanos())) {
			return follow(Rejections.tooLate(delayed));
		}
		PermitLease lease = new PermitLease(delayed.permit());
		return held(lease,
				Mono.delay(Duration.ofNanos(delayed.waitNanos())).then(Mono.defer(() -> this.admitted.apply(lease))));
	}

	private Mono<R> await(Decision.Pending pending) {
		Decision late = new Decision.Rejected(pending.late());
		AtomicBoolean taken = new AtomicBoolean();
		Runnable abandon = () -> {
			if (taken.compareAndSet(false, true)) {
				PermitLease.abandon(pending);
			}
		};
		return Mono.fromFuture(pending.stage().toCompletableFuture(), true)
			.timeout(Duration.ofNanos(this.patience.bound(pending.boundNanos())))
			.doOnError((error) -> abandon.run())
			.doOnCancel(abandon)
			.onErrorReturn(TimeoutException.class, late)
			// not flatMap: Reactor 3.8.8's loses a cancellation that comes as the inner
			// Mono is subscribed to, and with it the permit
			.flatMapMany((decision) -> (decision == late || taken.compareAndSet(false, true)) ? follow(decision)
					: Mono.never())
			.singleOrEmpty();
	}

}
