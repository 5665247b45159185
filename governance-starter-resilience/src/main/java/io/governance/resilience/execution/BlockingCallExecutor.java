// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.execution;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.governance.answer.Answer;
import io.governance.context.CallContext;
import io.governance.execution.CacheTurn;
import io.governance.execution.RetrySchedule;
import io.governance.policy.Call;
import io.governance.policy.Decision;
import io.governance.policy.Outcome;
import io.governance.policy.Permit.Abort;
import io.governance.policy.Permit.Fault;
import io.governance.policy.Segment;
import io.governance.resilience.admission.BlockingAdmission;
import io.governance.resilience.admission.Pause;
import io.governance.resilience.admission.PermitLease;
import org.jspecify.annotations.Nullable;

/**
 * Carries out calls of blocking clients, wholly on the caller's thread: it sends, waits
 * and returns there. Permits are given back when the head of the response is there, or
 * the attempt has failed. Thread-safe.
 */
public final class BlockingCallExecutor {

	private final CallExecution execution;

	private final Pause pause;

	private final BlockingAdmission admission;

	/**
	 * Creates an executor.
	 * @param execution what it works with
	 */
	public BlockingCallExecutor(CallExecution execution) {
		this(execution, Pause.holding());
	}

	BlockingCallExecutor(CallExecution execution, Pause pause) {
		this.execution = execution;
		this.pause = pause;
		this.admission = new BlockingAdmission(pause);
	}

	/**
	 * Carries out a call.
	 * @param call the call, for the rules
	 * @param context what the call is made on behalf of
	 * @param exchange sends the attempts
	 * @return the response, its body still to be read
	 * @param <R> the response
	 * @throws IOException what the client threw at the last attempt
	 * @throws io.governance.policy.CallRejectedException if the call, or an attempt, may
	 * not go
	 * @throws CallTimeoutException if no response came in time
	 */
	public <R> R execute(Call call, CallContext context, BlockingExchange<R> exchange) throws IOException {
		CallRun run = new CallRun(this.execution, call, context);
		Replies<R> replies = run.replies(exchange::answers);
		return (replies != null) ? execute(run, exchange, replies) : execute(run, exchange);
	}

	private <R> R execute(CallRun run, BlockingExchange<R> exchange, Replies<R> replies) throws IOException {
		try {
			Answer cached = cached(run, replies);
			return (cached != null) ? replies.response(cached) : replied(run, exchange, replies);
		}
		finally {
			replies.ended();
		}
	}

	private static @Nullable Answer cached(CallRun run, Replies<?> replies) throws InterruptedIOException {
		CacheTurn turn = replies.turn();
		while (turn instanceof CacheTurn.Wait wait) {
			turn = await(wait, run, replies);
		}
		return (turn instanceof CacheTurn.Hit hit) ? hit.answer() : null;
	}

	private static CacheTurn await(CacheTurn.Wait wait, CallRun run, Replies<?> replies) throws InterruptedIOException {
		try {
			long bound = run.patience().bound(replies.waitNanos(wait));
			return replies.turn(wait.end().get(bound, TimeUnit.NANOSECONDS));
		}
		catch (TimeoutException ex) {
			return replies.make(wait.alone());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			InterruptedIOException interrupted = new InterruptedIOException("interrupted while waiting for an answer");
			interrupted.initCause(ex);
			throw interrupted;
		}
		catch (ExecutionException ex) {
			throw new IllegalStateException("another call for the same failed", ex.getCause());
		}
	}

	private <R> R replied(CallRun run, BlockingExchange<R> exchange, Replies<R> replies) throws IOException {
		R response;
		try {
			response = execute(run, exchange);
		}
		catch (IOException | RuntimeException ex) {
			Answer answer = replies.insteadOf(ex, exchange.isOwnFailure());
			if (answer != null) {
				return replies.response(answer);
			}
			throw ex;
		}
		Outcome outcome = run.responded(exchange.head(response));
		Answer answer = replies.insteadOf(outcome);
		if (answer == null) {
			return replies.copied(response, outcome.status());
		}
		exchange.discard(response, run.discardNanos());
		return replies.response(answer);
	}

	private <R> R execute(CallRun run, BlockingExchange<R> exchange) throws IOException {
		run.begin();
		PermitLease lease = acquire(Segment.CALL, run);
		Outcome last = PermitLease.cancelled();
		try {
			while (true) {
				Ended<R> ended = attempt(run, exchange);
				last = ended.outcome();
				long wait = run.waitAfter(ended.attempt(), last, exchange.isRepeatable());
				if (wait == RetrySchedule.STOP) {
					return ended.result(run);
				}
				ended.discard(exchange, run.discardNanos());
				this.pause.await(wait);
			}
		}
		finally {
			lease.release(last);
		}
	}

	private <R> Ended<R> attempt(CallRun run, BlockingExchange<R> exchange) throws IOException {
		PermitLease lease = acquire(Segment.ATTEMPT, run);
		Outcome outcome = PermitLease.cancelled();
		try {
			Ended<R> ended = send(run, run.next(), lease.fault(), exchange);
			outcome = ended.outcome();
			return ended;
		}
		finally {
			lease.release(outcome);
		}
	}

	private <R> Ended<R> send(CallRun run, Attempt attempt, @Nullable Fault fault, BlockingExchange<R> exchange) {
		try {
			R response = (fault == null) ? exchange.send(attempt) : meet(fault, run, attempt, exchange);
			return new Ended<>(attempt, response, run.responded(exchange.head(response)), null);
		}
		catch (IOException | RuntimeException | Error ex) {
			return new Ended<>(attempt, null, run.failed(attempt, ex, exchange.isOwnFailure()), ex);
		}
	}

	private <R> R meet(Fault fault, CallRun run, Attempt attempt, BlockingExchange<R> exchange) throws IOException {
		this.pause.await(CallRun.delayNanos(attempt, fault));
		Attempt left = run.left(attempt, fault);
		if (left == null) {
			throw InjectedFailures.late(fault);
		}
		Abort abort = fault.abort();
		if (abort == null) {
			return exchange.send(left);
		}
		if (abort.kind() == Outcome.Kind.RESPONSE) {
			return exchange.answer(abort.status(), fault.rule());
		}
		throw InjectedFailures.of(fault, abort);
	}

	private PermitLease acquire(Segment segment, CallRun run) throws IOException {
		Decision decision = this.admission.settle(run.ask(segment), run.patience());
		if (decision instanceof Decision.Admitted admitted) {
			return new PermitLease(admitted.permit());
		}
		throw run.rejected(((Decision.Rejected) decision).rejection());
	}

	/**
	 * An attempt that ended: with a response, or with an error.
	 */
	private record Ended<R>(Attempt attempt, @Nullable R response, Outcome outcome, @Nullable Throwable error) {

		R result(CallRun run) throws IOException {
			if (this.response != null) {
				return this.response;
			}
			if (this.error == null) {
				throw new IllegalStateException("neither response nor error");
			}
			Throwable failure = run.failure(this.attempt, this.outcome, this.error);
			if (failure instanceof IOException io) {
				throw io;
			}
			if (failure instanceof Error fatal) {
				throw fatal;
			}
			throw (RuntimeException) failure;
		}

		void discard(BlockingExchange<R> exchange, long boundNanos) {
			if (this.response != null) {
				exchange.discard(this.response, boundNanos);
			}
		}

	}

}
