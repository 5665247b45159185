// SPDX-License-Identifier: Apache-2.0

package io.governance.observation;

import io.governance.policy.Call;
import io.governance.policy.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * Says whether a trace is recorded. Asked concurrently and never blocks.
 */
public non-sealed interface TracePolicy extends ObservationPolicy {

	/**
	 * Decides where this process is the head of a trace, or joins one.
	 * @param call the call that begins here; {@code null} for a trace that no call began
	 * @param head what came with it
	 * @return the verdict
	 */
	TraceVerdict decide(@Nullable Call call, TraceHead head);

	/**
	 * Learns how a call that it decided on ended.
	 * @param outcome the ending
	 */
	default void ended(Outcome outcome) {
	}

}
