// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery;

import java.util.List;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;

import io.governance.client.FailureKinds;
import io.governance.context.Attempts;
import io.governance.policy.Outcome;
import io.governance.selection.Copy;
import io.governance.selection.Destination.HeaderChanges;
import io.governance.time.TimeSource;
import org.jspecify.annotations.Nullable;

/**
 * An instance that was chosen for an attempt, which is under way from then on. Whoever
 * makes the attempt tells it how that ended, also when it was given up: the first report
 * of an end counts, further ones do nothing. Between a good head of a response and the
 * end of its body the attempt is no longer under way, and its latency is that of the
 * head; but a body that breaks off makes a failure of it. Thread-safe.
 */
public final class SelectedInstance {

	private static final AtomicIntegerFieldUpdater<SelectedInstance> STATE = AtomicIntegerFieldUpdater
		.newUpdater(SelectedInstance.class, "state");

	private static final AtomicReferenceFieldUpdater<SelectedInstance, Copy[]> COPIES = AtomicReferenceFieldUpdater
		.newUpdater(SelectedInstance.class, Copy[].class, "copies");

	private static final Copy[] NO_COPIES = {};

	/** Nothing has come back yet. */
	private static final int UNDER_WAY = 0;

	/** The head of a response is there. */
	private static final int ANSWERED = 1;

	/** It is known how it ended. */
	private static final int ENDED = 2;

	private static final int FIRST_ERROR = 500;

	private final Instance instance;

	private final HeaderChanges headers;

	private final Account account;

	private final @Nullable Attempts attempts;

	private final TimeSource time;

	private final long startNanos;

	/** {@link #UNDER_WAY} at first; not written then, as each write of it costs. */
	private volatile int state;

	private volatile @Nullable Outcome head;

	/** Nearly always none; not written then. */
	private volatile Copy @Nullable [] copies;

	/**
	 * Creates one of whose attempts nobody keeps account.
	 * @param instance the instance
	 */
	public SelectedInstance(Instance instance) {
		this(instance, HeaderChanges.NONE, Account.NONE, null, TimeSource.system());
	}

	/**
	 * Creates one.
	 * @param instance the instance
	 * @param headers what becomes of the request's headers
	 * @param account is told how the attempt ended
	 * @param attempts knows when the time of the attempt is up; {@code null} where nobody
	 * does
	 * @param time the clock
	 */
	public SelectedInstance(Instance instance, HeaderChanges headers, Account account, @Nullable Attempts attempts,
			TimeSource time) {
		this(instance, headers, account, attempts, time, time.nanoTime());
	}

	SelectedInstance(Instance instance, HeaderChanges headers, Account account, @Nullable Attempts attempts,
			TimeSource time, long startNanos) {
		this.instance = instance;
		this.headers = headers;
		this.account = account;
		this.attempts = attempts;
		this.time = time;
		this.startNanos = startNanos;
	}

	SelectedInstance carrying(List<Copy> toSend) {
		if (!toSend.isEmpty()) {
			this.copies = toSend.toArray(Copy[]::new);
		}
		return this;
	}

	/**
	 * The copies of the call that are to be sent with this attempt. Whoever takes them
	 * must release them; those that nobody took are released when the attempt ends.
	 * @return the copies; seldom any, and none the second time
	 */
	public List<Copy> takeCopies() {
		// the end may take them at the same time, on the thread that gives the call up
		return (this.copies == null) ? List.of() : List.of(COPIES.getAndSet(this, NO_COPIES));
	}

	/**
	 * The instance.
	 * @return where the attempt is to go
	 */
	public Instance instance() {
		return this.instance;
	}

	/**
	 * What becomes of the request's headers before this attempt is sent: those to remove
	 * first, then those to set.
	 * @return the changes; seldom any
	 */
	public HeaderChanges headers() {
		return this.headers;
	}

	/**
	 * The head of the response is there. One that says it all, an error or that nothing
	 * was done, is the end; after others the body must be reported on.
	 * @param status the HTTP status
	 * @param notProcessed whether the instance said that it did no work
	 * @return whether the end of the body is awaited
	 */
	public boolean answered(int status, boolean notProcessed) {
		Outcome outcome = Outcome.response(status, notProcessed, nanos());
		if (status >= FIRST_ERROR || notProcessed) {
			end(outcome);
			return false;
		}
		if (this.state == UNDER_WAY) {
			this.head = outcome;
		}
		if (!STATE.compareAndSet(this, UNDER_WAY, ANSWERED)) {
			return false;
		}
		tellAnswered(outcome);
		return true;
	}

	/**
	 * The attempt is not measured, since it may last for hours, as a WebSocket does. Only
	 * whether it fails counts.
	 */
	public void unmeasured() {
		Outcome outcome = Outcome.failure(Outcome.Kind.CANCELLED, null, 0);
		this.head = outcome;
		if (STATE.compareAndSet(this, UNDER_WAY, ANSWERED)) {
			tellAnswered(outcome);
		}
	}

	/**
	 * The body was read to its end, or the reader had enough of it. Does nothing before
	 * there was a response.
	 */
	public void completed() {
		Outcome outcome = this.head;
		if (outcome != null) {
			end(outcome);
		}
	}

	/**
	 * The attempt failed, or the body did.
	 * @param error what the client gave
	 * @param ownFailure whether what failed was on this side, such as the source of the
	 * request's body
	 */
	public void failed(Throwable error, boolean ownFailure) {
		Outcome.Kind kind = FailureKinds.of(error, ownFailure, expired());
		boolean local = kind == Outcome.Kind.CONNECT_FAILURE && FailureKinds.isPoolExhausted(error);
		end(Outcome.failure(local ? Outcome.Kind.REJECTED : kind, error, nanos()));
	}

	/**
	 * The attempt was given up: by the caller, which says nothing of the instance, or
	 * because its time was up. After the head of a response that head is what counts.
	 */
	public void cancelled() {
		Outcome.Kind kind = expired();
		Outcome answer = this.head;
		end((answer != null) ? answer : Outcome.failure((kind != null) ? kind : Outcome.Kind.CANCELLED, null, nanos()));
	}

	/**
	 * The attempt ended.
	 * @param outcome how
	 */
	public void end(Outcome outcome) {
		int before = STATE.getAndSet(this, ENDED);
		if (before == UNDER_WAY) {
			tellAnswered(outcome);
		}
		if (before != ENDED) {
			this.account.ended(outcome);
		}
		if (this.copies != null) {
			takeCopies().forEach(Copy::release);
		}
	}

	/**
	 * The time is known from what was measured: the clock need not be read again.
	 */
	private void tellAnswered(Outcome outcome) {
		this.account.answered(outcome, this.startNanos + outcome.nanos());
	}

	private Outcome.@Nullable Kind expired() {
		// the time of an attempt ends with the head of its response
		return (this.attempts != null && this.head == null) ? this.attempts.expired(this.time) : null;
	}

	private long nanos() {
		return this.time.nanoTime() - this.startNanos;
	}

	/** Keeps account of attempts at an instance. */
	public interface Account {

		/** Keeps none. */
		Account NONE = new Account() {

			@Override
			public void answered(Outcome outcome, long nowNanos) {
			}

			@Override
			public void ended(Outcome outcome) {
			}

		};

		/**
		 * The attempt is no longer under way.
		 * @param outcome the head of the response, or how it ended without one
		 * @param nowNanos the time on the monotonic clock
		 */
		void answered(Outcome outcome, long nowNanos);

		/**
		 * The attempt ended; it was answered before.
		 * @param outcome how, the body of the response considered
		 */
		void ended(Outcome outcome);

	}

}
