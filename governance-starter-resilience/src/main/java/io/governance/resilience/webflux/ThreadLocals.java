// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.webflux;

import java.util.function.Supplier;

import io.micrometer.context.ContextSnapshot;
import io.micrometer.context.ContextSnapshotFactory;
import org.jspecify.annotations.Nullable;
import reactor.util.context.ContextView;

/**
 * Runs code that looks into thread-locals, such as the current span, where only the
 * Reactor context knows them. Costs too much for every call: for rejections, and for
 * rules that ask for labels.
 */
final class ThreadLocals {

	private static final ContextSnapshotFactory SNAPSHOTS = ContextSnapshotFactory.builder().build();

	private ThreadLocals() {
	}

	static @Nullable String with(ContextView view, Supplier<@Nullable String> code) {
		try (ContextSnapshot.Scope scope = SNAPSHOTS.setThreadLocalsFrom(view)) {
			return code.get();
		}
	}

}
