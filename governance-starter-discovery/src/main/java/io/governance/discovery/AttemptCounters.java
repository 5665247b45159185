// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery;

/**
 * Counts attempts by instance. Thread-safe; the counters it hands out as well.
 */
public interface AttemptCounters {

	/** Counts nothing. */
	AttemptCounters NONE = new AttemptCounters() {

		@Override
		public Runnable counter(Instance instance) {
			return () -> {
			};
		}

		@Override
		public void gone(Instance instance) {
		}

	};

	/**
	 * The counter of an instance, made once per instance and then run for each attempt.
	 * @param instance the instance
	 * @return counts one attempt
	 */
	Runnable counter(Instance instance);

	/**
	 * An instance has left the list; its counter may go after a while.
	 * @param instance the instance
	 */
	void gone(Instance instance);

}
