// SPDX-License-Identifier: Apache-2.0

package io.governance.policy;

import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * How an admitted call, or one attempt of it, ended.
 */
public final class Outcome {

	private final Kind kind;

	/** Short, and no record for that: one is made for each attempt. */
	private final short status;

	private final boolean notProcessed;

	private final @Nullable Throwable error;

	private final long nanos;

	/**
	 * Creates an outcome.
	 * @param kind how it ended
	 * @param status the HTTP status of a response; 0 without one
	 * @param notProcessed whether the callee said that it did no work
	 * @param error the error, if there is one
	 * @param nanos how long it took, in nanoseconds
	 */
	public Outcome(Kind kind, int status, boolean notProcessed, @Nullable Throwable error, long nanos) {
		this.kind = kind;
		this.status = (short) status;
		this.notProcessed = notProcessed;
		this.error = error;
		this.nanos = nanos;
	}

	/**
	 * A response came.
	 * @param status its HTTP status
	 * @param notProcessed whether the callee said that it did no work
	 * @param nanos how long it took, in nanoseconds
	 * @return the outcome
	 */
	public static Outcome response(int status, boolean notProcessed, long nanos) {
		return new Outcome(Kind.RESPONSE, status, notProcessed, null, nanos);
	}

	/**
	 * No response came.
	 * @param kind the kind of failure
	 * @param error the error, if there is one
	 * @param nanos how long it took, in nanoseconds
	 * @return the outcome
	 */
	public static Outcome failure(Kind kind, @Nullable Throwable error, long nanos) {
		return new Outcome(kind, 0, false, error, nanos);
	}

	/**
	 * Whether this ending says nothing about the callee and must not count for or against
	 * it.
	 * @return whether to ignore it
	 */
	public boolean ignored() {
		return this.kind == Kind.CANCELLED || this.kind == Kind.REJECTED;
	}

	/**
	 * How it ended.
	 * @return the kind
	 */
	public Kind kind() {
		return this.kind;
	}

	/**
	 * The HTTP status of a response.
	 * @return the status; 0 without one
	 */
	public int status() {
		return this.status;
	}

	/**
	 * Whether the callee said that it did no work.
	 * @return whether it did
	 */
	public boolean notProcessed() {
		return this.notProcessed;
	}

	/**
	 * What went wrong.
	 * @return the error; {@code null} where there is none
	 */
	public @Nullable Throwable error() {
		return this.error;
	}

	/**
	 * How long it took.
	 * @return nanoseconds
	 */
	public long nanos() {
		return this.nanos;
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof Outcome that && this.kind == that.kind && this.status == that.status
				&& this.notProcessed == that.notProcessed && Objects.equals(this.error, that.error)
				&& this.nanos == that.nanos;
	}

	@Override
	public int hashCode() {
		return Objects.hash(this.kind, this.status, this.notProcessed, this.error, this.nanos);
	}

	@Override
	public String toString() {
		return "Outcome[kind=" + this.kind + ", status=" + this.status + ", notProcessed=" + this.notProcessed
				+ ", error=" + this.error + ", nanos=" + this.nanos + "]";
	}

	/** The kind of ending. */
	public enum Kind {

		/** A response came. */
		RESPONSE,

		/** No connection could be made: the call was certainly not processed. */
		CONNECT_FAILURE,

		/**
		 * The connection broke before a response came: processed or not, nobody knows.
		 */
		RESET,

		/** No response in time. */
		TIMEOUT,

		/** Another error. */
		ERROR,

		/** Given up by the caller: says nothing of the callee. */
		CANCELLED,

		/** Rejected on this side: the callee never saw it. */
		REJECTED

	}

}
