// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.lifecycle;

/**
 * Where this instance stands between its start and its end.
 */
public enum InstanceState {

	/** Its readiness refuses traffic: it starts, or says so itself. */
	NOT_READY,

	/** Takes calls. */
	IN_SERVICE,

	/** Taken out of the registries; serves until callers have seen that. */
	LEAVING,

	/** Taken out by an operator, and callers have had the time to see it. */
	OUT_OF_SERVICE,

	/** About to stop; answers new calls that it does not run them. */
	REFUSING,

	/** Stops; calls that it runs may come to their end. */
	STOPPING;

	/**
	 * Whether connections should end with the answer that is on its way.
	 * @return whether callers should not keep their connections
	 */
	public boolean closesConnections() {
		return this.compareTo(LEAVING) >= 0;
	}

	/**
	 * Whether new calls are refused.
	 * @return whether new calls are not run
	 */
	public boolean refusesCalls() {
		return this.compareTo(REFUSING) >= 0;
	}

}
