// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.registration;

/**
 * The first registration failed, and {@code fail-fast} wants that to end the start.
 */
public final class RegistrationFailedException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	RegistrationFailedException(RegistrationStatus status) {
		super("registration of " + status.instanceId() + ": " + status.state() + ", " + status.error()
				+ " (expected: accepted at the first try, because governance.discovery.registration.fail-fast is true)");
	}

}
