// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.registration;

import io.governance.discovery.consul.ConsulAddress;

/**
 * The first registration failed, and {@code fail-fast} wants that to end the start.
 */
public final class RegistrationFailedException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final String registry;

	RegistrationFailedException(ConsulAddress registry, RegistrationStatus status, boolean tried) {
		super("registration of " + status.instanceId() + " at " + registry + ": " + status.state() + ", "
				+ (tried ? status.error() : "no end of the first try")
				+ " (expected: accepted at the first try, because governance.discovery.registration.fail-fast is true)");
		this.registry = registry.toString();
	}

	/**
	 * Where the registration was tried.
	 * @return host and port
	 */
	public String registry() {
		return this.registry;
	}

}
