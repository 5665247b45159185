// SPDX-License-Identifier: Apache-2.0

package io.governance.lease;

/**
 * What the store answers to a sign of life.
 *
 * @param instances how many processes share the permits, the asking one included
 * @param born when the store began to remember; another number than before says that it
 * has forgotten everything
 */
public record LeaseBeat(int instances, long born) {
}
