// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.execution;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.function.Consumer;

import io.governance.answer.Answer;
import io.governance.execution.RetrySchedule;
import io.governance.policy.CallRejectedException;
import io.governance.policy.Outcome;
import io.governance.policy.Permit.Abort;
import io.governance.policy.Permit.Fault;
import io.governance.policy.Reason;
import io.governance.policy.Rejection;
import io.governance.policy.Segment;
import io.governance.resilience.admission.AsyncAdmission;
import io.governance.resilience.admission.PermitLease;
import io.governance.resilience.admission.Timer;
import org.jspecify.annotations.Nullable;

/**
 * One call: attempts, and waits between them. One step follows another, on whichever
 * thread ends the one before; only a cancellation may come at any time.
 *
 * @param <R> the response
 */
final class AsyncRun<R> {

	private static final Runnable NOTHING = () -> {
	};

	private final CallRun run;

	private final AsyncExchange<R> exchange;

	private final Timer timer;

	private final CompletableFuture<R> result = new CompletableFuture<>();

	private final @Nullable Replies<R> replies;

	/** What is to be done if the call is given up now. */
	private volatile Runnable abandon = NOTHING;

	private volatile @Nullable PermitLease lease;

	private volatile Outcome last = PermitLease.cancelled();

	AsyncRun(CallRun run, AsyncExchange<R> exchange, Timer timer) {
		this.run = run;
		this.exchange = exchange;
		this.timer = timer;
		this.replies = run.hasReplies() ? run.replies(exchange.answers(), (bytes) -> null) : null;
	}

	CompletableFuture<R> result() {
		return this.result;
	}

	void start() {
		this.result.whenComplete((response, error) -> ended());
		step(() -> {
			this.run.begin();
			admit(Segment.CALL, (admitted) -> {
				this.lease = admitted;
				attempt();
			});
		});
	}

	/**
	 * The call is answered, has failed, or was given up: the last of these may come while
	 * a step is under way.
	 */
	private void ended() {
		PermitLease held = this.lease;
		if (this.result.isCancelled()) {
			this.abandon.run();
		}
		if (held != null) {
			held.release(this.result.isCancelled() ? PermitLease.cancelled() : this.last);
		}
		if (this.replies != null) {
			this.replies.ended();
		}
	}

	/**
	 * What fails in a step, fails the call. Whichever thread takes it, rules and beans
	 * that answer see the context of the caller.
	 */
	private void step(Runnable step) {
		this.exchange.resume(() -> {
			try {
				step.run();
			}
			catch (RuntimeException | Error ex) {
				fail(ex);
			}
		});
	}

	private void admit(Segment segment, Consumer<PermitLease> admitted) {
		AsyncAdmission admission = new AsyncAdmission(this.timer, this.run.patience(),
				(lease) -> step(() -> go(lease, admitted)),
				(rejection) -> step(() -> fail(this.run.rejected(rejection))));
		orAbandon(admission::cancel);
		admission.follow(this.run.ask(segment));
	}

	private void go(PermitLease admitted, Consumer<PermitLease> next) {
		orAbandon(admitted::cancel);
		if (!this.result.isDone()) {
			next.accept(admitted);
		}
	}

	/**
	 * Says what to do if the call is given up from now on, and does it if it was.
	 */
	private void orAbandon(Runnable action) {
		this.abandon = action;
		if (this.result.isCancelled()) {
			action.run();
		}
	}

	private void attempt() {
		admit(Segment.ATTEMPT, (admitted) -> {
			Attempt attempt;
			try {
				attempt = this.run.next();
			}
			catch (CallRejectedException ex) {
				admitted.cancel();
				throw ex;
			}
			Fault fault = admitted.fault();
			if (fault == null) {
				send(attempt, attempt, admitted);
			}
			else {
				meet(fault, attempt, admitted);
			}
		});
	}

	private void send(Attempt attempt, Attempt sent, PermitLease admitted) {
		CompletableFuture<R> response;
		try {
			response = this.exchange.send(sent);
		}
		catch (RuntimeException ex) {
			response = CompletableFuture.failedFuture(ex);
		}
		CompletableFuture<R> answered = response;
		orAbandon(() -> {
			answered.cancel(false);
			admitted.cancel();
		});
		answered.whenComplete((given, error) -> step(() -> ended(attempt, admitted, given, error)));
	}

	private void meet(Fault fault, Attempt attempt, PermitLease admitted) {
		if (fault.delayNanos() == 0) {
			end(fault, attempt, admitted);
			return;
		}
		orAbandon(admitted::cancel);
		after(() -> end(fault, attempt, admitted), CallRun.delayNanos(attempt, fault), admitted);
	}

	private void end(Fault fault, Attempt attempt, PermitLease admitted) {
		Attempt left = this.run.left(attempt, fault);
		Abort abort = fault.abort();
		if (left == null) {
			ended(attempt, admitted, null, this.exchange.failure(InjectedFailures.late(fault)));
		}
		else if (abort == null) {
			send(attempt, left, admitted);
		}
		else if (abort.kind() == Outcome.Kind.RESPONSE) {
			ended(attempt, admitted, this.exchange.answer(abort.status(), fault.rule()), null);
		}
		else {
			ended(attempt, admitted, null, this.exchange.failure(InjectedFailures.of(fault, abort)));
		}
	}

	private void ended(Attempt attempt, PermitLease admitted, @Nullable R response, @Nullable Throwable error) {
		if (this.result.isDone()) {
			return;
		}
		Outcome outcome = (response != null) ? this.run.responded(this.exchange.head(response))
				: this.run.failed(attempt, required(error), false);
		this.last = outcome;
		admitted.release(outcome);
		long wait = this.run.waitAfterLast(this.exchange.isRepeatable());
		if (wait != RetrySchedule.STOP) {
			after(this::attempt, wait, null);
		}
		else if (response != null) {
			complete(response, outcome);
		}
		else {
			fail(this.run.failure());
		}
	}

	private static Throwable required(@Nullable Throwable error) {
		return (error != null) ? error : new IllegalStateException("neither response nor error");
	}

	private void after(Runnable task, long nanos, @Nullable PermitLease held) {
		Future<?> wait = this.timer.after(() -> step(() -> {
			if (!this.result.isDone()) {
				task.run();
			}
		}), nanos);
		if (wait == null) {
			if (held != null) {
				held.cancel();
			}
			fail(this.run.rejected(Rejection.of(Reason.INSTANCE_LEAVING)));
			return;
		}
		if (held == null) {
			orAbandon(() -> wait.cancel(false));
		}
	}

	private void complete(R response, Outcome outcome) {
		Answer answer = (this.replies != null) ? this.replies.insteadOf(outcome) : null;
		this.result.complete((answer != null && this.replies != null) ? this.replies.response(answer) : response);
	}

	private void fail(Throwable error) {
		Answer answer = (this.replies != null && error instanceof Exception ex) ? this.replies.insteadOf(ex, false)
				: null;
		if (answer != null && this.replies != null) {
			this.result.complete(this.replies.response(answer));
		}
		else {
			this.result.completeExceptionally(error);
		}
	}

}
