// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.grpc;

import java.util.concurrent.Executor;

import io.grpc.CallOptions;
import io.grpc.Context;
import io.micrometer.context.ContextSnapshot;
import io.micrometer.context.ContextSnapshotFactory;

/**
 * What a call takes along to other threads: gRPC's context, and the thread-locals that
 * Micrometer knows.
 */
final class GrpcThread {

	private static final ContextSnapshotFactory SNAPSHOTS = ContextSnapshotFactory.builder().build();

	private final Thread thread = Thread.currentThread();

	private final Context context = Context.current();

	private final ContextSnapshot snapshot = SNAPSHOTS.captureAll();

	/**
	 * Runs code at once, as if on the thread that began the call.
	 */
	void run(Runnable code) {
		if (Thread.currentThread() == this.thread && Context.current() == this.context) {
			code.run();
			return;
		}
		try (ContextSnapshot.Scope scope = this.snapshot.setThreadLocals()) {
			this.context.run(code);
		}
	}

	/**
	 * Runs a callback where the user wants it: a blocking stub on its own thread.
	 */
	void callBack(CallOptions options, Runnable code) {
		Executor executor = options.getExecutor();
		if (executor != null) {
			executor.execute(() -> run(code));
		}
		else {
			run(code);
		}
	}

}
