// SPDX-License-Identifier: Apache-2.0

package io.governance.lease;

/**
 * What the store lends.
 *
 * @param permits how many permits
 * @param waitNanos how long until there will be another one, in nanoseconds; 0 when there
 * is one already
 * @param left how many permits the store has left, for anybody
 */
public record LeaseGrant(long permits, long waitNanos, long left) {
}
