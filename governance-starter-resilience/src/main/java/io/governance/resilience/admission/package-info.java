// SPDX-License-Identifier: Apache-2.0

/**
 * Waits as a decision asks, and ends in a plain yes or no. Blocking on the caller's
 * thread, or reactive without holding one.
 */
@NullMarked
package io.governance.resilience.decision;

import org.jspecify.annotations.NullMarked;
