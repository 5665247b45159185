// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.registration;

import org.jspecify.annotations.Nullable;

/**
 * What health details show of the registration.
 *
 * @param state where this process stands
 * @param instanceId the id it is, or will be, registered under; {@code null} until its
 * port is known
 * @param error why it is not registered, if it should be
 * @param sinceMillis since when it has been registered, not registered though it should
 * be, or not wanted, in milliseconds since the epoch
 */
public record RegistrationStatus(RegistrationState state, @Nullable String instanceId, @Nullable String error,
		long sinceMillis) {

	/**
	 * Whether this process should be registered and is not.
	 * @return whether others cannot find it, or soon cannot
	 */
	public boolean isLost() {
		return this.state == RegistrationState.AWAY || this.state == RegistrationState.REFUSED;
	}

}
