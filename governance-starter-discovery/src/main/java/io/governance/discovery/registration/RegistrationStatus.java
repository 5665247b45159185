// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.registration;

import org.jspecify.annotations.Nullable;

/**
 * What health details show of the registration.
 *
 * @param state where this process stands
 * @param instanceId the id it is, or will be, registered under; {@code null} until its
 * port is known
 * @param error why it is not registered or not called, if it should be
 * @param sinceMillis since when it has been registered, lost though it should not be, or
 * not wanted, in milliseconds since the epoch
 */
public record RegistrationStatus(RegistrationState state, @Nullable String instanceId, @Nullable String error,
		long sinceMillis) {

	/**
	 * Whether this process should be called and is not.
	 * @return whether others cannot find it, or soon cannot
	 */
	public boolean isLost() {
		return switch (this.state) {
			case AWAY, REFUSED, UNHEALTHY -> true;
			case NOT_WANTED, PENDING, REGISTERED, MAINTENANCE, LEFT -> false;
		};
	}

	/**
	 * Whether others may find it and call it. What is not known is taken for possible.
	 * @return whether a caller may choose it
	 */
	public boolean isListed() {
		return switch (this.state) {
			case PENDING, REGISTERED, UNHEALTHY, AWAY, REFUSED -> true;
			case NOT_WANTED, MAINTENANCE, LEFT -> false;
		};
	}

	/**
	 * Whether the registry has it, whether others call it or not.
	 * @return whether it was confirmed a moment ago
	 */
	public boolean isRegistered() {
		return switch (this.state) {
			case REGISTERED, MAINTENANCE, UNHEALTHY -> true;
			case NOT_WANTED, PENDING, AWAY, REFUSED, LEFT -> false;
		};
	}

}
