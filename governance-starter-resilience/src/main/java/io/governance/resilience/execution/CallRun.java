// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.execution;

import java.time.Duration;
import java.util.function.LongFunction;

import io.governance.client.FailureKinds;
import io.governance.context.Attempts;
import io.governance.context.CallContext;
import io.governance.execution.Deadline;
import io.governance.execution.ExecutionPlan;
import io.governance.execution.Failback;
import io.governance.execution.RetrySchedule;
import io.governance.policy.Call;
import io.governance.policy.CallRejectedException;
import io.governance.policy.Decision;
import io.governance.policy.Direction;
import io.governance.policy.Outcome;
import io.governance.policy.Permit.Fault;
import io.governance.policy.Reason;
import io.governance.policy.Rejection;
import io.governance.policy.Segment;
import io.governance.resilience.admission.Patience;
import io.governance.resilience.admission.PermitLease;
import io.governance.resilience.failback.Resend;
import org.jspecify.annotations.Nullable;

/**
 * One logical call on its way: what both executors decide alike. Never waits. Used by one
 * thread at a time.
 */
final class CallRun {

	/** The rest of a response that is not there by then is abandoned. */
	static final long MAX_DISCARD_NANOS = 100_000_000;

	private final CallExecution execution;

	private final Call call;

	private final CallContext context;

	private final ExecutionPlan plan;

	private final Attempts tried;

	private final long startNanos;

	/** Of a call that is bounded. */
	private final long endNanos;

	private @Nullable Attempt attempt;

	private long attemptStartNanos;

	private Outcome last = PermitLease.cancelled();

	private @Nullable String retryAfter;

	private boolean retriedBehind;

	/** Whether something may have been waited for since the start. */
	private boolean waited;

	/** Whether the last attempt had too little time to be held against the callee. */
	private boolean excused;

	CallRun(CallExecution execution, Call call, CallContext context) {
		this(execution, call, context, execution.engine().plan(call));
	}

	CallRun(CallExecution execution, Call call, CallContext context, ExecutionPlan plan) {
		this.execution = execution;
		this.call = call;
		this.tried = new Attempts(call.service());
		this.context = context;
		this.startNanos = now();
		this.plan = plan;
		this.endNanos = end(this.startNanos, this.plan.total(), context.deadline());
		this.waited = hasReplies();
	}

	private static long end(long startNanos, @Nullable Duration total, @Nullable Deadline given) {
		long own = (total != null) ? startNanos + total.toNanos() : startNanos;
		return (given != null && (total == null || given.nanoTime() - own < 0)) ? given.nanoTime() : own;
	}

	private long now() {
		return this.execution.time().nanoTime();
	}

	private boolean isBounded() {
		return this.plan.total() != null || this.context.deadline() != null;
	}

	private boolean allows(long waitNanos) {
		return !isBounded() || this.endNanos - now() > waitNanos;
	}

	/**
	 * Begins the call. The clock was read just before, unless it waited for an answer.
	 * @throws CallRejectedException if the time of the call it is made for is up
	 */
	void begin() {
		boolean inTime = hasReplies() ? allows(0) : !isBounded() || this.endNanos - this.startNanos > 0;
		if (!inTime) {
			throw deadlineExceeded();
		}
	}

	/**
	 * Whether somebody else may answer in place of the callee.
	 */
	boolean hasReplies() {
		return !this.plan.fallbacks().isEmpty() || !this.plan.caches().isEmpty() || failback() != null;
	}

	private @Nullable Failback failback() {
		RetrySchedule retry = retry();
		return (retry != null && this.execution.failedCalls() != null) ? retry.failback() : null;
	}

	/**
	 * What may answer in place of the callee.
	 * @param answers how the client is answered; {@code null} where it cannot be
	 * @param resend makes the call again later, given how large its body may be
	 */
	<R> @Nullable Replies<R> replies(@Nullable Answers<R> answers, LongFunction<@Nullable Resend> resend) {
		if (answers == null) {
			return null;
		}
		Later later = Later.of(failback(), this.execution.failedCalls(), this.call, this.context, resend);
		return new Replies<>(this.call, this.plan, answers, this.execution.time(), later);
	}

	Decision ask(Segment segment) {
		Decision decision = this.execution.engine().tryAcquire(segment, this.call);
		this.waited |= !(decision instanceof Decision.Admitted);
		return decision;
	}

	/**
	 * Prepares the next attempt.
	 * @throws CallRejectedException if no time is left for it
	 */
	Attempt next() {
		boolean first = this.attempt == null;
		// without a wait the clock tells the same as at the start
		long now = (first && !this.waited) ? this.startNanos : now();
		long left = isBounded() ? this.endNanos - now : Attempt.UNBOUNDED;
		if (left <= 0) {
			throw first ? deadlineExceeded() : timeout(null);
		}
		RetrySchedule retry = first ? retry() : null;
		if (retry != null) {
			retry.begin(now);
		}
		this.attemptStartNanos = now;
		Duration perTry = this.plan.perTry();
		Attempt next = attempt(number() + 1, (perTry != null) ? Math.min(perTry.toNanos(), left) : left, now);
		this.attempt = next;
		return next;
	}

	/**
	 * How many attempts have begun.
	 */
	int number() {
		return (this.attempt != null) ? this.tried.number() : 0;
	}

	private Attempt attempt(int number, long timeoutNanos, long now) {
		if (timeoutNanos != Attempt.UNBOUNDED) {
			this.tried.begin(number, now + timeoutNanos, isEnough(timeoutNanos));
		}
		else {
			this.tried.begin(number);
		}
		return new Attempt(this, timeoutNanos);
	}

	/**
	 * An instance is to blame for not answering if it had half of the time that the rules
	 * give at least, and not where the caller had little time left, or earlier attempts
	 * took it.
	 */
	private boolean isEnough(long timeoutNanos) {
		Duration given = shorter(this.plan.perTry(), this.plan.total());
		return given != null && timeoutNanos >= given.toNanos() / 2;
	}

	static @Nullable Duration shorter(@Nullable Duration one, @Nullable Duration other) {
		return (one != null && (other == null || one.compareTo(other) < 0)) ? one : other;
	}

	/**
	 * How long an attempt is held up that is to meet a fault: not beyond its own time.
	 */
	static long delayNanos(Attempt attempt, Fault fault) {
		return Math.min(fault.delayNanos(), attempt.timeoutNanos());
	}

	/**
	 * What is left of an attempt that was held up.
	 * @return the attempt; {@code null} if its time is up
	 */
	@Nullable Attempt left(Attempt attempt, Fault fault) {
		if (!attempt.isBounded() || fault.delayNanos() == 0) {
			return attempt;
		}
		long now = now();
		long left = attempt.timeoutNanos() - (now - this.attemptStartNanos);
		return (fault.delayNanos() >= attempt.timeoutNanos() || left <= 0) ? null
				: attempt(attempt.number(), left, now);
	}

	/**
	 * Retries of retries are refused: they multiply from hop to hop.
	 */
	private @Nullable RetrySchedule retry() {
		return (this.context.attempt() <= 1) ? this.plan.retry() : null;
	}

	Attempts tried() {
		return this.tried;
	}

	@Nullable Duration connectTimeout() {
		return this.plan.connect();
	}

	long keepBodyBytes(int attempted) {
		RetrySchedule retry = retry();
		return (retry != null && (retry.mayRetryAfter(attempted) || failback() != null)) ? retry.maxBodyBytes()
				: Attempt.KEEP_NOTHING;
	}

	CallContext context() {
		return this.context;
	}

	String caller() {
		return this.execution.caller();
	}

	Outcome responded(ResponseHead head) {
		// of an instance that did nothing it says when to come back to that one
		this.retryAfter = head.notProcessed() ? null : head.retryAfter();
		this.retriedBehind = head.retried();
		if (this.retriedBehind) {
			this.context.retriesDidNotHelp();
		}
		return ended(Outcome.response(head.status(), head.notProcessed(), attemptNanos()));
	}

	Outcome failed(Attempt failed, Throwable thrown, boolean ownFailure) {
		this.retryAfter = null;
		this.retriedBehind = false;
		long nanos = attemptNanos();
		boolean timeUp = nanos >= failed.timeoutNanos();
		Outcome.Kind kind = FailureKinds.of(thrown, ownFailure, timeUp ? Outcome.Kind.TIMEOUT : null);
		ended(Outcome.failure(kind, thrown, nanos));
		this.excused = timeUp && kind == Outcome.Kind.TIMEOUT && !isEnough(failed.timeoutNanos());
		return last();
	}

	private Outcome ended(Outcome outcome) {
		this.last = outcome;
		this.excused = false;
		return outcome;
	}

	/**
	 * How the last attempt ended, for whoever counts that: as a cancelled call while none
	 * has, and where its time was up and was little, since the caller's deadline came
	 * first, or earlier attempts took it.
	 */
	Outcome last() {
		return this.excused ? PermitLease.cancelled() : this.last;
	}

	private long attemptNanos() {
		return now() - this.attemptStartNanos;
	}

	/**
	 * Decides on a further attempt. Of several hops only the one next to the failure
	 * makes some, and lets its own caller know.
	 * @return the wait before it in nanoseconds, or {@link RetrySchedule#STOP}
	 */
	long waitAfterLast(boolean repeatable) {
		RetrySchedule retry = this.plan.retry();
		if (retry == null || !repeatable || this.last.ignored() || !retry.wants(this.last)) {
			return RetrySchedule.STOP;
		}
		if (this.retriedBehind) {
			retry.leaveToCallee();
			return RetrySchedule.STOP;
		}
		long asked = askedNanos();
		long wait = (retry() != null && allows(asked)) ? retry.next(number(), this.last, asked, this::allows)
				: RetrySchedule.STOP;
		if (wait == RetrySchedule.STOP) {
			this.context.retriesDidNotHelp();
		}
		return wait;
	}

	private long askedNanos() {
		return (this.retryAfter != null) ? RetryAfter.nanos(this.retryAfter, this.execution.time().epochMillis()) : 0;
	}

	/**
	 * How long a response that nobody reads may hold the next attempt up.
	 */
	long discardNanos() {
		return patience().bound(MAX_DISCARD_NANOS);
	}

	Patience patience() {
		return new Patience(this.execution.time(), isBounded() ? new Deadline(this.endNanos) : null);
	}

	/**
	 * What the caller is told when the last attempt has failed.
	 */
	Throwable failure() {
		Throwable thrown = this.last.error();
		Attempt failed = this.attempt;
		if (thrown == null || failed == null) {
			throw new IllegalStateException("neither response nor error");
		}
		boolean late = this.last.kind() == Outcome.Kind.TIMEOUT && this.last.nanos() >= failed.timeoutNanos();
		return (late || (!this.last.ignored() && !allows(0))) ? timeout(thrown) : thrown;
	}

	CallRejectedException timeout(@Nullable Throwable cause) {
		this.execution.engine().deadlinesExceeded(Direction.OUTBOUND).increment();
		return new CallTimeoutException(this.call.service(), number(), now() - this.startNanos, timeRule(), cause);
	}

	CallRejectedException deadlineExceeded() {
		this.execution.engine().deadlinesExceeded(Direction.OUTBOUND).increment();
		return rejected(new Rejection(Reason.DEADLINE_EXCEEDED, timeRule(), 0));
	}

	/** The rule whose time is up: of this call, or of the one it is made for. */
	private @Nullable String timeRule() {
		Deadline given = this.context.deadline();
		if (given != null && given.nanoTime() == this.endNanos && !allows(0)) {
			return given.rule();
		}
		return this.plan.timeRule();
	}

	CallRejectedException rejected(Rejection rejection) {
		return new CallRejectedException(this.call.service(), rejection);
	}

}
