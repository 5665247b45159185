// SPDX-License-Identifier: Apache-2.0

package io.governance.policy;

import org.jspecify.annotations.Nullable;

/**
 * How an admitted call, or one attempt of it, ended.
 *
 * @param kind the kind of ending
 * @param status the HTTP status; 0 where there was no response
 * @param notProcessed whether the callee said that it did no work
 * @param error the error, if one was thrown
 * @param nanos how long it took, in nanoseconds
 */
public record Outcome(Kind kind, int status, boolean notProcessed, @Nullable Throwable error, long nanos) {

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

}
