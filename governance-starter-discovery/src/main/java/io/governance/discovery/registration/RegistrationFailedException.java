// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.registration;

/**
 * The first registration failed, and {@code fail-fast} wants that to end the start.
 */
public final class RegistrationFailedException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final String registry;

	private final String remedy;

	RegistrationFailedException(InstanceRegistry registry, RegistrationStatus status, boolean tried) {
		super("registration of " + status.instanceId() + " at " + registry.address() + ": " + status.state() + ", "
				+ (tried ? status.error() : "no end of the first try")
				+ " (expected: accepted at the first try, because governance.discovery.registration.fail-fast is true)");
		this.registry = registry.address();
		this.remedy = registry.remedy();
	}

	/**
	 * Where the registration was tried.
	 * @return hosts and ports
	 */
	public String registry() {
		return this.registry;
	}

	/**
	 * What to do, for people.
	 * @return what to start, and which settings to correct
	 */
	public String remedy() {
		return this.remedy;
	}

}
