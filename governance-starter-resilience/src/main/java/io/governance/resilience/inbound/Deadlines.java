// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.inbound;

import io.governance.context.CallContext;
import io.governance.execution.Deadline;
import io.governance.execution.ExecutionPlan;
import io.governance.time.TimeSource;
import org.jspecify.annotations.Nullable;

/**
 * Brings together the deadline that a caller sets and the one that a rule sets.
 */
final class Deadlines {

	private Deadlines() {
	}

	static @Nullable Deadline of(ExecutionPlan plan, TimeSource time) {
		return (plan.total() != null) ? new Deadline(Deadline.in(time, plan.total()).nanoTime(), plan.timeRule())
				: null;
	}

	static CallContext lower(CallContext context, @Nullable Deadline allowed) {
		if (allowed == null) {
			return context;
		}
		Deadline asked = context.deadline();
		Deadline lowered = (asked != null) ? asked.earlier(allowed) : allowed;
		return new CallContext(lowered, context.attempt(), context.labels(), context.caller(), context.priority());
	}

}
