// SPDX-License-Identifier: Apache-2.0

package io.governance.policy;

import org.jspecify.annotations.Nullable;

/**
 * A running admission policy. Thread-safe; asked concurrently and never blocks: whoever
 * must wait is told so by the {@link Decision}.
 */
public interface Policy {

	/**
	 * Asks whether the call may go.
	 * @param call the call
	 * @return the decision; what it admits must be released
	 */
	Decision tryAcquire(Call call);

	/**
	 * Says what {@link #tryAcquire} would decide now, without effect: nothing is taken,
	 * changed or counted, whether or not the call ever comes.
	 * @param call the call, as an operator describes it
	 * @return what would be decided
	 */
	Forecast foresee(Call call);

	/**
	 * Whether this policy goes on with the running state of the one before it: what that
	 * one shows of its state then stays shown.
	 * @param before the policy of the rule that this one's replaces
	 * @return whether it does
	 */
	default boolean continues(Policy before) {
		return this == before;
	}

	/**
	 * A short, bounded description of the running state for operators.
	 * @return the state, such as {@code CLOSED} or {@code 12 keys}
	 */
	default String state() {
		return "";
	}

	/**
	 * What would be decided on a call at this moment. Finding it out takes nothing,
	 * changes nothing and counts nothing.
	 *
	 * @param verdict what would be decided
	 * @param rejection what a rejected call would be told; {@code null} where none can be
	 * @param share the share of such calls that chance rejects, 0 to 1
	 * @param waitNanos how long the call would wait, or wait at most, in nanoseconds
	 * @param state the state that counts for this call, for people
	 */
	record Forecast(Verdict verdict, @Nullable Rejection rejection, double share, long waitNanos, String state) {

		/** What would be decided. */
		public enum Verdict {

			/** It may go. */
			ADMIT,

			/** It may go after a wait of known length. */
			DELAY,

			/**
			 * It would wait for others to end, and be rejected if that takes too long.
			 */
			QUEUE,

			/** It may go, or is rejected, by chance. */
			CHANCE,

			/** It may not go. */
			REJECT

		}

		/**
		 * The call may go.
		 * @param state the state that counts
		 * @return the forecast
		 */
		public static Forecast admit(String state) {
			return new Forecast(Verdict.ADMIT, null, 0, 0, state);
		}

		/**
		 * The call may go after a wait.
		 * @param waitNanos the wait, in nanoseconds
		 * @param state the state that counts
		 * @return the forecast
		 */
		public static Forecast delay(long waitNanos, String state) {
			return new Forecast(Verdict.DELAY, null, 0, waitNanos, state);
		}

		/**
		 * The call would wait for others to end.
		 * @param boundNanos the longest wait, in nanoseconds
		 * @param late what it would be told after that
		 * @param state the state that counts
		 * @return the forecast
		 */
		public static Forecast queue(long boundNanos, Rejection late, String state) {
			return new Forecast(Verdict.QUEUE, late, 0, boundNanos, state);
		}

		/**
		 * Chance decides.
		 * @param share the share of such calls that is rejected, 0 to 1; with 0 the call
		 * may go
		 * @param rejection what a rejected call would be told
		 * @param state the state that counts
		 * @return the forecast
		 */
		public static Forecast chance(double share, Rejection rejection, String state) {
			return (share > 0) ? new Forecast(Verdict.CHANCE, rejection, share, 0, state) : admit(state);
		}

		/**
		 * The call may not go.
		 * @param rejection what it would be told
		 * @param state the state that counts
		 * @return the forecast
		 */
		public static Forecast reject(Rejection rejection, String state) {
			return new Forecast(Verdict.REJECT, rejection, 1, 0, state);
		}

		/**
		 * What becomes of it when chance is known.
		 * @param point what the source of chance gives next, 0 to 1
		 * @return this forecast, or the certain one that it becomes
		 */
		public Forecast at(double point) {
			if (this.verdict != Verdict.CHANCE || this.rejection == null) {
				return this;
			}
			return (point < this.share) ? reject(this.rejection, this.state) : admit(this.state);
		}

	}

}
