// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.registration;

import org.jspecify.annotations.Nullable;

/**
 * Where this instance stands in a registry that has just said so.
 *
 * @param state registered, in maintenance, unhealthy, or not wanted
 * @param reason why others do not call it; {@code null} when they do
 * @param anew whether the registry did not have it before
 */
public record Standing(RegistrationState state, @Nullable String reason, boolean anew) {

	/**
	 * The standing of an instance that others call.
	 * @param anew whether the registry did not have it before
	 * @return the standing
	 */
	public static Standing registered(boolean anew) {
		return new Standing(RegistrationState.REGISTERED, null, anew);
	}

	/**
	 * The standing of an instance that is out of service, in a registry that knows no
	 * word for that.
	 * @return the standing
	 */
	public static Standing removed() {
		return new Standing(RegistrationState.NOT_WANTED, null, false);
	}

}
