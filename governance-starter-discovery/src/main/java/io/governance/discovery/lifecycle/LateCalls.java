// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.lifecycle;

import java.time.Duration;

import io.governance.execution.Deadline;
import io.governance.policy.Reason;
import io.governance.policy.Rejection;
import io.governance.rejection.RejectionAnswer;
import io.governance.rejection.TraceId;
import io.governance.request.IgnoredPaths;
import io.governance.time.TimeSource;

/**
 * What happens to calls that arrive while this instance leaves, the same for every kind
 * of server. Thread-safe.
 */
public final class LateCalls {

	static final String CONNECTION = "Connection";

	static final String CLOSE = "close";

	static final Rejection REJECTION = Rejection.of(Reason.INSTANCE_LEAVING);

	/** What is still received of a call that was refused, in bytes. */
	static final int LINGER_BYTES = 64 * 1024;

	/**
	 * How long that may take; a read that waits by then, as long as the server lets it.
	 */
	static final Duration LINGER = Duration.ofMillis(500);

	private final InstanceLifecycle lifecycle;

	private final IgnoredPaths management;

	private final TimeSource time;

	/**
	 * Creates the rules for late calls.
	 * @param lifecycle knows whether this instance leaves
	 * @param management paths that are answered to the end
	 * @param time the clock
	 */
	public LateCalls(InstanceLifecycle lifecycle, IgnoredPaths management, TimeSource time) {
		this.lifecycle = lifecycle;
		this.management = management;
		this.time = time;
	}

	/** Whether there is nothing to do: almost always. */
	boolean areNone() {
		return !this.lifecycle.status().state().closesConnections();
	}

	boolean refuses(String path) {
		return this.lifecycle.status().state().refusesCalls() && !this.management.contains(path);
	}

	RejectionAnswer answer() {
		this.lifecycle.callRefused();
		return RejectionAnswer.beforeWork(REJECTION, TraceId.current());
	}

	Deadline lingerEnd() {
		return Deadline.in(this.time, LINGER);
	}

	boolean isOver(Deadline end) {
		return end.isExpired(this.time);
	}

}
