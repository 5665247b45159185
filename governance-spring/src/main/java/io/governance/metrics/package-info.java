// SPDX-License-Identifier: Apache-2.0

/**
 * Publishes what the kernel counts as meters.
 */
@NullMarked
package io.governance.metrics;

import org.jspecify.annotations.NullMarked;
