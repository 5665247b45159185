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
import io.governance.policy.Permit;
import io.governance.policy.Permit.Abort;
import io.governance.policy.Permit.Fault;
import io.governance.policy.Segment;
import io.governance.resilience.admission.BlockingAdmission;
import io.governance.resilience.admission.Pause;
import io.governance.resilience.admission.PermitLease;
import io.governance.resilience.failback.KeptExchange;
import io.governance.resilience.failback.Resend;
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
		Replies<R> replies = run.hasReplies()
				? run.replies(exchange.answers(), (bytes) -> resend(call, exchange, bytes)) : null;
		return (replies != null) ? execute(run, exchange, replies) : execute(run, exchange);
	}

	private <R> @Nullable Resend resend(Call call, BlockingExchange<R> exchange, long maxBytes) {
		KeptExchange<BlockingExchange<R>> kept = exchange.kept(maxBytes);
		return (kept != null) ? new BlockingResend<>(this, call, kept) : null;
	}

	/**
	 * Carries out a call that only the callee may answer.
	 */
	<R> R attempts(Call call, CallContext context, BlockingExchange<R> exchange) throws IOException {
		return execute(new CallRun(this.execution, call, context), exchange);
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
		Permit permit = acquire(Segment.CALL, run);
		try {
			while (true) {
				R response = attempt(run, exchange);
				long wait = run.waitAfterLast(exchange.isRepeatable());
				if (wait == RetrySchedule.STOP) {
					return (response != null) ? response : fail(run);
				}
				if (response != null) {
					exchange.discard(response, run.discardNanos());
				}
				this.pause.await(wait);
			}
		}
		finally {
			permit.release(run.last());
		}
	}

	/**
	 * Makes an attempt; how it ended, the run knows.
	 * @return the response; {@code null} if it failed
	 */
	private <R> @Nullable R attempt(CallRun run, BlockingExchange<R> exchange) throws IOException {
		Permit permit = acquire(Segment.ATTEMPT, run);
		Outcome outcome = PermitLease.cancelled();
		try {
			R response = send(run, run.next(), permit.fault(), exchange);
			outcome = run.last();
			return response;
		}
		finally {
			permit.release(outcome);
		}
	}

	private <R> @Nullable R send(CallRun run, Attempt attempt, @Nullable Fault fault, BlockingExchange<R> exchange) {
		try {
			R response = (fault == null) ? exchange.send(attempt) : meet(fault, run, attempt, exchange);
			run.responded(exchange.head(response));
			return response;
		}
		catch (IOException | RuntimeException | Error ex) {
			run.failed(attempt, ex, exchange.isOwnFailure());
			return null;
		}
	}

	private static <R> R fail(CallRun run) throws IOException {
		Throwable failure = run.failure();
		if (failure instanceof IOException io) {
			throw io;
		}
		if (failure instanceof Error fatal) {
			throw fatal;
		}
		throw (RuntimeException) failure;
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

	/**
	 * Asks for a permit, which the caller gives back once, in the block that it opens.
	 */
	private Permit acquire(Segment segment, CallRun run) throws IOException {
		Decision decision = run.ask(segment);
		if (!(decision instanceof Decision.Admitted)) {
			decision = this.admission.settle(decision, run.patience());
		}
		if (decision instanceof Decision.Admitted admitted) {
			return admitted.permit();
		}
		throw run.rejected(((Decision.Rejected) decision).rejection());
	}

}
