// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.execution;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

import io.governance.client.FailureKinds;
import io.governance.context.Attempts;
import io.governance.context.CallContext;
import io.governance.context.GovernanceHeaders;
import io.governance.engine.PolicyEngine;
import io.governance.execution.Deadline;
import io.governance.execution.ExecutionPlan;
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
import io.governance.time.TimeSource;
import org.jspecify.annotations.Nullable;

/**
 * One logical call on its way: what both executors decide alike. Never waits. Used by one
 * thread at a time.
 */
final class CallRun {

	/** The rest of a response that is not there by then is abandoned. */
	private static final long MAX_DISCARD_NANOS = 100_000_000;

	private final PolicyEngine engine;

	private final TimeSource time;

	private final String caller;

	private final Call call;

	private final CallContext context;

	private final ExecutionPlan plan;

	private final Patience patience;

	private final Attempts tried;

	private final long startNanos;

	private int number;

	private long attemptStartNanos;

	private long askedNanos;

	private boolean retriedBehind;

	CallRun(CallExecution execution, Call call, CallContext context) {
		this.engine = execution.engine();
		this.time = execution.time();
		this.caller = execution.caller();
		this.call = call;
		this.tried = new Attempts(call.service());
		this.context = context;
		this.startNanos = this.time.nanoTime();
		this.plan = this.engine.plan(call);
		this.patience = new Patience(this.time, earlier(context.deadline(),
				(this.plan.total() != null) ? new Deadline(this.startNanos + this.plan.total().toNanos()) : null));
	}

	private static @Nullable Deadline earlier(@Nullable Deadline one, @Nullable Deadline other) {
		return (one != null && other != null) ? one.earlier(other) : (one != null) ? one : other;
	}

	/**
	 * Begins the call.
	 * @throws CallRejectedException if the time of the call it is made for is up
	 */
	void begin() {
		if (!this.patience.allows(0)) {
			throw deadlineExceeded();
		}
	}

	/**
	 * What may answer in place of the callee.
	 */
	<R> @Nullable Replies<R> replies(Supplier<@Nullable Answers<R>> answers) {
		Answers<R> client = (this.plan.fallbacks().isEmpty() && this.plan.caches().isEmpty()) ? null : answers.get();
		return (client != null) ? new Replies<>(this.call, this.plan, client, this.time) : null;
	}

	Decision ask(Segment segment) {
		return this.engine.tryAcquire(segment, this.call);
	}

	/**
	 * Prepares the next attempt.
	 * @throws CallRejectedException if no time is left for it
	 */
	Attempt next() {
		if (!this.patience.allows(0)) {
			throw (this.number > 0) ? timeout(null) : deadlineExceeded();
		}
		this.attemptStartNanos = this.time.nanoTime();
		Duration timeout = timeout();
		this.tried.begin(++this.number, (timeout != null) ? time(timeout) : null);
		RetrySchedule retry = retry();
		long keep = (retry != null && retry.mayRetryAfter(this.number)) ? retry.maxBodyBytes() : Attempt.KEEP_NOTHING;
		return new Attempt(this.number, this.tried, timeout, this.plan.connect(), keep, headers(timeout));
	}

	/**
	 * How long an attempt is held up that is to meet a fault: not beyond its own time.
	 */
	static long delayNanos(Attempt attempt, Fault fault) {
		return (attempt.timeout() != null) ? Math.min(fault.delayNanos(), attempt.timeout().toNanos())
				: fault.delayNanos();
	}

	/**
	 * What is left of an attempt that was held up.
	 * @return the attempt; {@code null} if its time is up
	 */
	@Nullable Attempt left(Attempt attempt, Fault fault) {
		if (attempt.timeout() == null || fault.delayNanos() == 0) {
			return attempt;
		}
		Duration left = attempt.timeout().minusNanos(attemptNanos());
		if (fault.delayNanos() >= attempt.timeout().toNanos() || left.isZero() || left.isNegative()) {
			return null;
		}
		this.tried.begin(attempt.number(), time(left));
		return new Attempt(attempt.number(), attempt.tried(), left, attempt.connectTimeout(), attempt.keepBodyBytes(),
				headers(left));
	}

	private @Nullable Duration timeout() {
		Deadline deadline = this.patience.deadline();
		return (deadline == null) ? this.plan.perTry()
				: shorter(this.plan.perTry(), Duration.ofNanos(deadline.remainingNanos(this.time)));
	}

	/**
	 * An instance is to blame for not answering if it had half of the time that the rules
	 * give at least, and not where the caller had little time left, or earlier attempts
	 * took it.
	 */
	private Attempts.Time time(Duration timeout) {
		Duration given = (this.plan.perTry() != null) ? this.plan.perTry() : this.plan.total();
		boolean enough = given != null && timeout.compareTo(given.dividedBy(2)) >= 0;
		return new Attempts.Time(new Deadline(this.time.nanoTime() + timeout.toNanos()), enough);
	}

	private static @Nullable Duration shorter(@Nullable Duration one, @Nullable Duration other) {
		return (one != null && other != null) ? (one.compareTo(other) <= 0) ? one : other : (one != null) ? one : other;
	}

	/**
	 * Retries of retries are refused: they multiply from hop to hop.
	 */
	private @Nullable RetrySchedule retry() {
		return (this.context.attempt() <= 1) ? this.plan.retry() : null;
	}

	private Map<String, String> headers(@Nullable Duration timeout) {
		Map<String, String> headers = new HashMap<>();
		if (timeout != null) {
			headers.put(GovernanceHeaders.TIMEOUT_MS, Long.toString(Math.max(1, timeout.toMillis())));
		}
		headers.put(GovernanceHeaders.ATTEMPT, Integer.toString(Math.max(this.context.attempt(), this.number)));
		headers.put(GovernanceHeaders.CALLER, this.caller);
		headers.put(GovernanceHeaders.PRIORITY, this.context.priority().wireValue());
		return headers;
	}

	Outcome responded(ResponseHead head) {
		// of an instance that did nothing it says when to come back to that one
		this.askedNanos = head.notProcessed() ? 0 : RetryAfter.nanos(head.retryAfter(), this.time.epochMillis());
		this.retriedBehind = head.retried();
		if (this.retriedBehind) {
			this.context.retriesDidNotHelp();
		}
		return Outcome.response(head.status(), head.notProcessed(), attemptNanos());
	}

	Outcome failed(Attempt attempt, Throwable error, boolean ownFailure) {
		this.askedNanos = 0;
		this.retriedBehind = false;
		Outcome.Kind kind = FailureKinds.of(error, ownFailure, isTimeUp(attempt) ? Outcome.Kind.TIMEOUT : null);
		return Outcome.failure(kind, error, attemptNanos());
	}

	private boolean isTimeUp(Attempt attempt) {
		return attempt.timeout() != null && attemptNanos() >= attempt.timeout().toNanos();
	}

	private long attemptNanos() {
		return this.time.nanoTime() - this.attemptStartNanos;
	}

	/**
	 * Decides on a further attempt. Of several hops only the one next to the failure
	 * makes some, and lets its own caller know.
	 * @return the wait before it in nanoseconds, or {@link RetrySchedule#STOP}
	 */
	long waitAfter(Attempt attempt, Outcome outcome, boolean repeatable) {
		RetrySchedule retry = this.plan.retry();
		if (retry == null || !repeatable || outcome.ignored() || !retry.wants(outcome)) {
			return RetrySchedule.STOP;
		}
		if (this.retriedBehind) {
			retry.leaveToCallee();
			return RetrySchedule.STOP;
		}
		long wait = (retry() != null && this.patience.allows(this.askedNanos))
				? retry.next(attempt.number(), outcome, this.askedNanos, this.patience::allows) : RetrySchedule.STOP;
		if (wait == RetrySchedule.STOP) {
			this.context.retriesDidNotHelp();
		}
		return wait;
	}

	/**
	 * How long a response that nobody reads may hold the next attempt up.
	 */
	long discardNanos() {
		return this.patience.bound(MAX_DISCARD_NANOS);
	}

	Patience patience() {
		return this.patience;
	}

	/**
	 * What the caller is told of an attempt that was the last one.
	 */
	Throwable failure(Attempt attempt, Outcome outcome, Throwable error) {
		boolean ours = attempt.timeout() != null && outcome.nanos() >= attempt.timeout().toNanos();
		boolean late = outcome.kind() == Outcome.Kind.TIMEOUT && ours;
		return (late || (!outcome.ignored() && !this.patience.allows(0))) ? timeout(error) : error;
	}

	CallRejectedException timeout(@Nullable Throwable error) {
		this.engine.deadlinesExceeded(Direction.OUTBOUND).increment();
		return new CallTimeoutException(this.call.service(), this.number, this.time.nanoTime() - this.startNanos,
				error);
	}

	CallRejectedException deadlineExceeded() {
		this.engine.deadlinesExceeded(Direction.OUTBOUND).increment();
		return rejected(Rejection.of(Reason.DEADLINE_EXCEEDED));
	}

	CallRejectedException rejected(Rejection rejection) {
		return new CallRejectedException(this.call.service(), rejection);
	}

}
