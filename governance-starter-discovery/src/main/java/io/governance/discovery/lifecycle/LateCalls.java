// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.lifecycle;

import io.governance.policy.Reason;
import io.governance.policy.Rejection;
import io.governance.rejection.RejectionAnswer;
import io.governance.rejection.TraceId;
import io.governance.request.IgnoredPaths;

/**
 * What happens to calls that arrive while this instance leaves, the same for every kind
 * of server. Thread-safe.
 */
public final class LateCalls {

	static final String CONNECTION = "Connection";

	static final String CLOSE = "close";

	static final Rejection REJECTION = Rejection.of(Reason.INSTANCE_LEAVING);

	private final InstanceLifecycle lifecycle;

	private final IgnoredPaths management;

	/**
	 * Creates the rules for late calls.
	 * @param lifecycle knows whether this instance leaves
	 * @param management paths that are answered to the end
	 */
	public LateCalls(InstanceLifecycle lifecycle, IgnoredPaths management) {
		this.lifecycle = lifecycle;
		this.management = management;
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

}
