// SPDX-License-Identifier: Apache-2.0

package io.governance.lease;

/**
 * The only way of a policy to the permits of a shared store. Asked for every call:
 * implementations are thread-safe and answer at once and from memory.
 */
public interface Leases {

	/** In a process without a store. */
	Leases NONE = new Leases() {

		@Override
		public void join() {
			// there is nothing to join
		}

		@Override
		public State state() {
			return State.NONE;
		}

		@Override
		public int instances() {
			return 0;
		}

		@Override
		public int expectedInstances() {
			return 1;
		}

		@Override
		public long answeringSince() {
			return 0;
		}

		@Override
		public int outages() {
			return 0;
		}

		@Override
		public void ask(LeaseHolder holder, long delayNanos) {
			throw new IllegalStateException("there is no store");
		}

	};

	/**
	 * Says that there is a rule whose permits are shared: without one nothing is
	 * connected.
	 */
	void join();

	/**
	 * Whether the store answers. One that is there never becomes {@link State#NONE}.
	 * @return the state now
	 */
	State state();

	/**
	 * How many processes share the store's permits, this one included, as far as is
	 * known: last known good while the store is away.
	 * @return the number; 0 when it was never known
	 */
	int instances();

	/**
	 * How many processes are taken to share the permits as long as the number was never
	 * known.
	 * @return the number, 1 or more
	 */
	int expectedInstances();

	/**
	 * Since when the store answers without a break: what it lent before it may have
	 * forgotten.
	 * @return the time by the clock of the process, in nanoseconds; of no meaning while
	 * it does not answer
	 */
	long answeringSince();

	/**
	 * How often the store went away, the present time included, and not the time before
	 * its first answer.
	 * @return the number
	 */
	int outages();

	/**
	 * Has a holder make a request, soon and on another thread. To be asked again only
	 * after the holder was told of the outcome.
	 * @param holder makes the request
	 * @param delayNanos how long the request must wait, in nanoseconds
	 */
	void ask(LeaseHolder holder, long delayNanos);

	/**
	 * Whether the store answers.
	 */
	enum State {

		/** There is no store. */
		NONE,

		/** It has not answered yet, and was not given up. */
		CONNECTING,

		/** It answers. */
		UP,

		/** It does not answer. */
		DOWN

	}

}
