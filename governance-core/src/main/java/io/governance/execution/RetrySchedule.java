// SPDX-License-Identifier: Apache-2.0

package io.governance.execution;

import java.util.function.LongPredicate;

import io.governance.policy.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * The further attempts of one call. Made per call; used by one thread at a time.
 */
public interface RetrySchedule {

	/** The answer that there is no further attempt. */
	long STOP = -1;

	/**
	 * Counts the first attempt of a call: the budget is a share of them.
	 * @param nowNanos the time, on the clock of the rules
	 */
	void begin(long nowNanos);

	/**
	 * Up to how many bytes of a request body are kept for further attempts. A call with a
	 * larger one, or of unknown length beyond it, is tried once.
	 * @return bytes
	 */
	long maxBodyBytes();

	/**
	 * Whether a further attempt could follow the given one, whatever its outcome: if not,
	 * nothing need be kept for it.
	 * @param attempt the number of the attempt, from 1
	 * @return whether one could
	 */
	boolean mayRetryAfter(int attempt);

	/**
	 * Whether an ending is of those that are tried again after, as far as number, time
	 * and budget allow.
	 * @param outcome how an attempt ended
	 * @return whether it is
	 */
	boolean wants(Outcome outcome);

	/**
	 * Counts a failure that is not tried again here since it was tried again behind the
	 * callee.
	 */
	void leaveToCallee();

	/**
	 * What becomes of the call if it fails in spite of all attempts.
	 * @return how it is made again later; {@code null} if it is not
	 */
	default @Nullable Failback failback() {
		return null;
	}

	/**
	 * Decides on a further attempt; a positive answer takes from the budget.
	 * @param attempt the number of the attempt that ended, from 1
	 * @param outcome how it ended
	 * @param askedNanos how long the callee asked to wait, in nanoseconds; 0 if it did
	 * not
	 * @param fits whether there is time for a wait of so many nanoseconds; asked before
	 * anything is taken from the budget
	 * @return the wait before the next attempt, in nanoseconds, not shorter than what was
	 * asked for, or {@link #STOP}
	 */
	long next(int attempt, Outcome outcome, long askedNanos, LongPredicate fits);

	/**
	 * Decides on a further attempt of a call that has all the time.
	 * @param attempt the number of the attempt that ended, from 1
	 * @param outcome how it ended
	 * @param askedNanos how long the callee asked to wait, in nanoseconds; 0 if it did
	 * not
	 * @return the wait before the next attempt, in nanoseconds, or {@link #STOP}
	 */
	default long next(int attempt, Outcome outcome, long askedNanos) {
		return next(attempt, outcome, askedNanos, (waitNanos) -> true);
	}

}
