// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.registration;

/** Where this process stands in the registry. */
public enum RegistrationState {

	/**
	 * Not ready for traffic, or out of service in a registry that has no word for it: not
	 * registered, and so it should be.
	 */
	NOT_WANTED,

	/** Should be registered, and the first try has not ended yet. */
	PENDING,

	/** Registered, confirmed a moment ago, and others may call. */
	REGISTERED,

	/**
	 * Registered, and taken out of service by the registry's maintenance mode, whoever
	 * wanted that.
	 */
	MAINTENANCE,

	/** Registered, and the registry says that a check fails: others do not call. */
	UNHEALTHY,

	/** The registry does not answer; tried again. */
	AWAY,

	/** The registry answers and refuses, by its ACL for instance; tried again. */
	REFUSED,

	/** Taken out for good, on the way to the end of the process. */
	LEFT

}
