// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.lifecycle;

import org.jspecify.annotations.Nullable;

/**
 * Where this instance stands.
 *
 * @param state its state
 * @param sinceMillis since when, in milliseconds since the epoch
 * @param reason what the operator said who took it out of service; {@code null} when none
 * did
 */
public record InstanceStatus(InstanceState state, long sinceMillis, @Nullable String reason) {
}
