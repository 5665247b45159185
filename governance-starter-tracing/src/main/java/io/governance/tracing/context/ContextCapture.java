// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.context;

import java.util.function.Supplier;

import io.governance.context.CallContext;
import io.micrometer.context.ContextSnapshot;
import io.micrometer.context.ContextSnapshotFactory;

/**
 * Takes the context of the current thread for a task that another one will run: all that
 * Micrometer's context propagation knows. A thread that runs such a task has that context
 * and no other, whatever earlier work has left behind. Thread-safe.
 */
public final class ContextCapture implements Supplier<ContextSnapshot> {

	private final ContextSnapshotFactory snapshots = ContextSnapshotFactory.builder().clearMissing(true).build();

	private final boolean deadline;

	/**
	 * Creates a capture.
	 * @param deadline whether the task has the deadline of the call that started it
	 */
	public ContextCapture(boolean deadline) {
		this.deadline = deadline;
	}

	@Override
	@SuppressWarnings("try")
	public ContextSnapshot get() {
		CallContext call = CallContext.current();
		if (this.deadline || call.deadline() == null) {
			return this.snapshots.captureAll();
		}
		try (CallContext.Scope scope = call.withoutDeadline().makeCurrent()) {
			return this.snapshots.captureAll();
		}
	}

}
