// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.execution;

import java.util.function.Supplier;

import io.micrometer.context.ContextSnapshot;
import io.micrometer.context.ContextSnapshotFactory;
import org.jspecify.annotations.Nullable;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/**
 * Runs code that looks into thread-locals, such as the current span, where only the
 * Reactor context knows them. Costs too much for every call: for rejections, and for
 * rules that ask for labels.
 */
public final class ThreadLocals {

	private static final ContextSnapshotFactory SNAPSHOTS = ContextSnapshotFactory.builder().build();

	private ThreadLocals() {
	}

	/**
	 * Remembers what a subscriber has.
	 * @param view its Reactor context, which goes before what its thread knows
	 * @return what it has
	 */
	static ContextSnapshot of(ContextView view) {
		return SNAPSHOTS.captureAll(view);
	}

	/**
	 * Adds to a Reactor context what the subscriber's thread knows beside it.
	 * @param context the Reactor context, which goes before
	 * @return the context with the thread-locals of this thread
	 */
	public static Context captured(Context context) {
		return SNAPSHOTS.captureAll(context).updateContext(context);
	}

	/**
	 * Runs code with the thread-locals that a Reactor context knows.
	 * @param view the Reactor context
	 * @param code the code
	 * @return what the code returns
	 * @param <T> what that is
	 */
	public static <T extends @Nullable Object> T with(ContextView view, Supplier<T> code) {
		try (ContextSnapshot.Scope scope = SNAPSHOTS.setThreadLocalsFrom(view)) {
			return code.get();
		}
	}

}
