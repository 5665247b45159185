// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.admission;

import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

import io.governance.policy.Decision;
import io.governance.policy.Reason;
import io.governance.policy.Rejection;
import org.jspecify.annotations.Nullable;

/**
 * Waits as a decision asks, and holds no thread meanwhile: it calls back, at once where
 * there is nothing to wait for. For one decision of one call, which may be cancelled by
 * any thread.
 */
public final class AsyncAdmission {

	private final Timer timer;

	private final Patience patience;

	private final Consumer<PermitLease> admitted;

	private final Consumer<Rejection> rejected;

	private volatile @Nullable Runnable giveBack;

	private volatile boolean cancelled;

	/**
	 * Creates it.
	 * @param timer waits
	 * @param patience how long the call may wait
	 * @param admitted what an admitted call does. It takes the permit over or releases it
	 * @param rejected what a rejected call does
	 */
	public AsyncAdmission(Timer timer, Patience patience, Consumer<PermitLease> admitted,
			Consumer<Rejection> rejected) {
		this.timer = timer;
		this.patience = patience;
		this.admitted = admitted;
		this.rejected = rejected;
	}

	/**
	 * Follows a decision. Never waits past the deadline: a call that would is rejected at
	 * once.
	 * @param decision the decision
	 */
	public void follow(Decision decision) {
		if (decision instanceof Decision.Rejected rejection) {
			this.rejected.accept(rejection.rejection());
		}
		else if (decision instanceof Decision.Admitted held) {
			this.admitted.accept(new PermitLease(held.permit()));
		}
		else if (decision instanceof Decision.Delayed delayed) {
			delay(delayed);
		}
		else if (decision instanceof Decision.Pending pending) {
			await(pending);
		}
	}

	/**
	 * Gives the wait up, if there is one: what is held comes back, and nobody is called.
	 */
	public void cancel() {
		this.cancelled = true;
		Runnable held = this.giveBack;
		if (held != null) {
			held.run();
		}
	}

	private void delay(Decision.Delayed delayed) {
		if (!this.patience.allows(delayed.waitNanos())) {
			follow(Rejections.tooLate(delayed));
			return;
		}
		PermitLease lease = new PermitLease(delayed.permit());
		AtomicBoolean over = new AtomicBoolean();
		Future<?> end = this.timer.after(once(over, () -> this.admitted.accept(lease)), delayed.waitNanos());
		if (end == null) {
			lease.cancel();
			this.rejected.accept(Rejection.of(Reason.INSTANCE_LEAVING));
			return;
		}
		hold(once(over, () -> {
			end.cancel(false);
			lease.cancel();
		}));
	}

	private void await(Decision.Pending pending) {
		AtomicBoolean over = new AtomicBoolean();
		Runnable late = once(over, () -> {
			PermitLease.abandon(pending);
			this.rejected.accept(pending.late());
		});
		Future<?> end = this.timer.after(late, this.patience.bound(pending.boundNanos()));
		if (end == null) {
			late.run();
			return;
		}
		hold(once(over, () -> PermitLease.abandon(pending)));
		pending.stage().whenComplete((decision, error) -> once(over, () -> {
			end.cancel(false);
			follow((error == null) ? decision : new Decision.Rejected(pending.late()));
		}).run());
	}

	private void hold(Runnable back) {
		this.giveBack = back;
		if (this.cancelled) {
			back.run();
		}
	}

	/**
	 * Of what may end a wait, the first acts.
	 */
	private static Runnable once(AtomicBoolean over, Runnable action) {
		return () -> {
			if (over.compareAndSet(false, true)) {
				action.run();
			}
		};
	}

}
