// SPDX-License-Identifier: Apache-2.0

package io.governance.observation;

/**
 * A running observation policy. Thread-safe.
 */
public sealed interface ObservationPolicy permits TracePolicy, LogPolicy {

	/**
	 * A short, bounded description of the running state for operators.
	 * @return the state
	 */
	default String state() {
		return "";
	}

}
