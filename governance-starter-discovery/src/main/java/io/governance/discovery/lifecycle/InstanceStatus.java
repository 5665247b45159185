// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.lifecycle;

/**
 * Where this instance stands.
 *
 * @param state its state
 * @param sinceMillis since when, in milliseconds since the epoch
 */
public record InstanceStatus(InstanceState state, long sinceMillis) {
}
