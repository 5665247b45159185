// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.execution;

import io.governance.engine.PolicyEngine;
import io.governance.resilience.failback.FailedCalls;
import io.governance.time.TimeSource;
import org.jspecify.annotations.Nullable;

/**
 * What an executor works with.
 *
 * @param engine decides
 * @param time the clock; deadlines are points on it
 * @param caller this process's own service, as it is named to those it calls
 * @param failedCalls makes calls again later; {@code null} where nobody does
 */
public record CallExecution(PolicyEngine engine, TimeSource time, String caller, @Nullable FailedCalls failedCalls) {

	/**
	 * Of a process that makes no call again later.
	 * @param engine decides
	 * @param time the clock
	 * @param caller this process's own service
	 */
	public CallExecution(PolicyEngine engine, TimeSource time, String caller) {
		this(engine, time, caller, null);
	}

}
