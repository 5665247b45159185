// SPDX-License-Identifier: Apache-2.0

package io.governance.execution;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * How a call is run. Immutable; a blocking and a reactive executor carry it out.
 *
 * @param total the time for the whole call, from its start to the head of the response,
 * all attempts and waits included; {@code null} for no bound
 * @param perTry the time for one attempt; {@code null} for no bound
 * @param connect the time to make a connection; {@code null} for the client's own
 * @param timeRule the rule that gives these times, as {@code type/id}; {@code null} for
 * none
 * @param retry the further attempts; {@code null} for none
 * @param fallbacks what may answer in place of a failure; the first answer counts
 * @param caches what may answer before the call is made
 */
public record ExecutionPlan(@Nullable Duration total, @Nullable Duration perTry, @Nullable Duration connect,
		@Nullable String timeRule, @Nullable RetrySchedule retry, List<Fallback> fallbacks, List<AnswerCache> caches) {

	/** Run once, without bounds. */
	public static final ExecutionPlan PLAIN = new ExecutionPlan(null, null, null, null);

	/**
	 * Copies the lists.
	 */
	public ExecutionPlan {
		fallbacks = List.copyOf(fallbacks);
		caches = List.copyOf(caches);
	}

	/**
	 * A plan whose failures are the caller's.
	 * @param total the time for the whole call
	 * @param perTry the time for one attempt
	 * @param connect the time to make a connection
	 * @param retry the further attempts
	 */
	public ExecutionPlan(@Nullable Duration total, @Nullable Duration perTry, @Nullable Duration connect,
			@Nullable RetrySchedule retry) {
		this(total, perTry, connect, null, retry, List.of(), List.of());
	}

	/**
	 * Sets the times.
	 * @param total for the whole call
	 * @param perTry for one attempt
	 * @param connect to make a connection
	 * @param rule the rule that says so, as {@code type/id}; {@code null} where none does
	 * @return the plan with these times
	 */
	public ExecutionPlan withTimeouts(@Nullable Duration total, @Nullable Duration perTry, @Nullable Duration connect,
			@Nullable String rule) {
		return new ExecutionPlan(total, perTry, connect, rule, this.retry, this.fallbacks, this.caches);
	}

	/**
	 * Sets the further attempts.
	 * @param retry the schedule
	 * @return the plan with this schedule
	 */
	public ExecutionPlan withRetry(RetrySchedule retry) {
		return new ExecutionPlan(this.total, this.perTry, this.connect, this.timeRule, retry, this.fallbacks,
				this.caches);
	}

	/**
	 * Adds what may answer in place of a failure.
	 * @param fallback asked after those that are there
	 * @return the plan with it
	 */
	public ExecutionPlan withFallback(Fallback fallback) {
		List<Fallback> more = new ArrayList<>(this.fallbacks);
		more.add(fallback);
		return new ExecutionPlan(this.total, this.perTry, this.connect, this.timeRule, this.retry, more, this.caches);
	}

	/**
	 * Adds what may answer before the call is made.
	 * @param cache asked after those that are there
	 * @return the plan with it
	 */
	public ExecutionPlan withCache(AnswerCache cache) {
		List<AnswerCache> more = new ArrayList<>(this.caches);
		more.add(cache);
		return new ExecutionPlan(this.total, this.perTry, this.connect, this.timeRule, this.retry, this.fallbacks,
				more);
	}

}
