// SPDX-License-Identifier: Apache-2.0

package io.governance.execution;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * How a call is run. Immutable; a blocking and a reactive executor carry it out.
 *
 * @param total the time for the whole call, from its start to the head of the response,
 * all attempts and waits included; {@code null} for no bound
 * @param perTry the time for one attempt; {@code null} for no bound
 * @param connect the time to make a connection; {@code null} for the client's own
 * @param retry the further attempts; {@code null} for none
 */
public record ExecutionPlan(@Nullable Duration total, @Nullable Duration perTry, @Nullable Duration connect,
		@Nullable RetrySchedule retry) {

	/** Run once, without bounds. */
	public static final ExecutionPlan PLAIN = new ExecutionPlan(null, null, null, null);

	/**
	 * Sets the times.
	 * @param total for the whole call
	 * @param perTry for one attempt
	 * @param connect to make a connection
	 * @return the plan with these times
	 */
	public ExecutionPlan withTimeouts(@Nullable Duration total, @Nullable Duration perTry, @Nullable Duration connect) {
		return new ExecutionPlan(total, perTry, connect, this.retry);
	}

	/**
	 * Sets the further attempts.
	 * @param retry the schedule
	 * @return the plan with this schedule
	 */
	public ExecutionPlan withRetry(RetrySchedule retry) {
		return new ExecutionPlan(this.total, this.perTry, this.connect, retry);
	}

}
