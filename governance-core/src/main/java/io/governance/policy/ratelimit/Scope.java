// SPDX-License-Identifier: Apache-2.0

package io.governance.policy.ratelimit;

/**
 * Who shares a limit.
 */
public enum Scope {

	/** Nobody: each instance of the service has the limit for itself. */
	INSTANCE,

	/** All instances of the service, by a store that they share. */
	CLUSTER

}
