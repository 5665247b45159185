// SPDX-License-Identifier: Apache-2.0

package io.governance.execution;

/**
 * What becomes of calls that failed in spite of all attempts: they are made again later,
 * by somebody who keeps them until then. Thread-safe; never waits.
 */
public interface Failback {

	/** The answer that a call is not made again. */
	long STOP = -1;

	/**
	 * The id of the rule.
	 * @return such as {@code retry/orders}
	 */
	String rule();

	/**
	 * Whether a call that ended so is worth making again, and may be.
	 * @param failure how it ended
	 * @return whether it is
	 */
	boolean wants(CallFailure failure);

	/**
	 * How large the body of a call may be.
	 * @return bytes
	 */
	long maxBodyBytes();

	/**
	 * Asks for room. Who is given it, has to {@link #leave} once.
	 * @param bytes how large the body is
	 * @return whether there is room
	 */
	boolean enter(long bytes);

	/**
	 * A call is not kept any more.
	 * @param bytes what it entered with
	 * @param end why
	 */
	void leave(long bytes, End end);

	/**
	 * How long to wait before a call is made again.
	 * @param retries how often it was
	 * @param ageNanos for how long it has been kept
	 * @return nanoseconds, or {@link #STOP} if it is not
	 */
	long waitNanos(int retries, long ageNanos);

	/**
	 * Takes what making a call again costs.
	 * @return whether the budget had it
	 */
	boolean tryTake();

	/**
	 * Why a call is not kept any more.
	 */
	enum End {

		/** It was answered. */
		SUCCEEDED,

		/** It was answered, but not with success. */
		REFUSED,

		/** It failed as often as it may, or was kept as long as it may be. */
		EXHAUSTED,

		/** The rule does not act any more. */
		REMOVED,

		/** The process stops. */
		STOPPED

	}

}
