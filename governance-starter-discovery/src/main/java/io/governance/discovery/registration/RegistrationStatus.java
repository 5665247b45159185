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
 */
public record RegistrationStatus(RegistrationState state, @Nullable String instanceId, @Nullable String error) {

}
