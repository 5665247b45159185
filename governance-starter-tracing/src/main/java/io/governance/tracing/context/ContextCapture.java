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
	public ContextSnapshot get() {
		return (this.deadline || CallContext.current().deadline() == null) ? this.snapshots.captureAll() : later();
	}

	/**
	 * Takes the context for a task that runs later, when nobody waits for it any more.
	 * @return the context without the deadline
	 */
	@SuppressWarnings("try")
	ContextSnapshot later() {
		try (CallContext.Scope scope = CallContext.current().withoutDeadline().makeCurrent()) {
			return this.snapshots.captureAll();
		}
	}

}
