// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.inbound;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

import io.governance.context.CallContext;
import io.governance.context.RetryNote;
import io.governance.policy.Call;
import io.governance.policy.Outcome;
import io.governance.policy.Permit;
import io.governance.time.TimeSource;
import org.jspecify.annotations.Nullable;

/**
 * One inbound call from its first byte to its last: keeps its context, and what it holds
 * until it ends. Whoever sees the end first reports it; later reports are ignored, and a
 * permit that comes after the end is given back at once. Thread-safe.
 */
public final class InboundRun {

	/** The request attribute under which adapters keep the run. */
	public static final String ATTRIBUTE = InboundRun.class.getName();

	private final CallContext context;

	private final Call call;

	private final TimeSource time;

	private final long start;

	private final AtomicReference<Answerer> answerer = new AtomicReference<>(Answerer.NOBODY);

	private final Queue<Permit> held = new ConcurrentLinkedQueue<>();

	private final AtomicReference<@Nullable Outcome> outcome = new AtomicReference<>();

	private final AtomicBoolean late = new AtomicBoolean();

	private volatile boolean abandoned;

	private volatile @Nullable Throwable broken;

	InboundRun(CallContext context, Call call, TimeSource time) {
		this.context = context;
		this.call = call;
		this.time = time;
		this.start = time.nanoTime();
	}

	/**
	 * What the call brings along.
	 * @return the context
	 */
	public CallContext context() {
		return this.context;
	}

	/**
	 * The call, as it was seen at the edge.
	 * @return the call
	 */
	public Call call() {
		return this.call;
	}

	/**
	 * Whether an answer fails because of a call that was retried already.
	 * @param status its HTTP status
	 * @return whether the caller is told not to try again
	 */
	public boolean isRetried(int status) {
		RetryNote note = this.context.retryNote();
		return note != null && note.concerns(status);
	}

	/**
	 * Called before anything of the handler's answer goes out. Either the handler answers
	 * or the deadline does, whichever comes first.
	 * @return whether the handler's answer is the one; then it stays so
	 */
	public boolean handlerAnswers() {
		return this.answerer.compareAndSet(Answerer.NOBODY, Answerer.HANDLER)
				|| this.answerer.get() == Answerer.HANDLER;
	}

	/**
	 * Called when the time of the call is up.
	 * @return whether it is to be answered for, since the handler has not begun to
	 */
	public boolean deadlineAnswers() {
		return this.answerer.compareAndSet(Answerer.NOBODY, Answerer.DEADLINE);
	}

	/**
	 * Whether the call was answered for because its time was up.
	 * @return whether it was
	 */
	public boolean isTimedOut() {
		return this.answerer.get() == Answerer.DEADLINE;
	}

	/**
	 * Notes that the time of the call is up: found where rules are asked, and again where
	 * that answer is too late as well.
	 * @return whether it was not noted before
	 */
	boolean noteLate() {
		return this.late.compareAndSet(false, true);
	}

	/**
	 * Holds a permit until the call ends.
	 * @param permit the permit
	 */
	public void hold(Permit permit) {
		if (permit != Permit.NONE) {
			this.held.add(permit);
			Outcome ended = this.outcome.get();
			if (ended != null) {
				release(ended);
			}
		}
	}

	/**
	 * Notes that the client is gone, whatever the response will look like.
	 */
	public void abandon() {
		// what is cancelled because its time is up was not abandoned
		this.abandoned = this.abandoned || !isTimedOut();
	}

	/**
	 * Notes that the handler failed when its response was already on the way, so that the
	 * status says nothing any more.
	 * @param error the error
	 */
	public void breakOff(Throwable error) {
		this.broken = error;
	}

	/**
	 * The call ended with a response.
	 * @param status its HTTP status
	 */
	public void respond(int status) {
		Throwable error = this.broken;
		if (this.abandoned || error != null) {
			fail(Outcome.Kind.ERROR, error);
		}
		else {
			end(Outcome.response(status, false, elapsed()));
		}
	}

	/**
	 * The call ended without a response of its own.
	 * @param kind how
	 * @param error the error, if there is one
	 */
	public void fail(Outcome.Kind kind, @Nullable Throwable error) {
		end(Outcome.failure(this.abandoned ? Outcome.Kind.CANCELLED : kind, error, elapsed()));
	}

	private long elapsed() {
		return this.time.nanoTime() - this.start;
	}

	private void end(Outcome ending) {
		if (this.outcome.compareAndSet(null, ending)) {
			release(ending);
		}
	}

	private void release(Outcome ending) {
		for (Permit permit = this.held.poll(); permit != null; permit = this.held.poll()) {
			permit.release(ending);
		}
	}

	private enum Answerer {

		NOBODY, HANDLER, DEADLINE

	}

}
