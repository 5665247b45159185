// SPDX-License-Identifier: Apache-2.0

/**
 * Waits as a decision of the engine asks, inbound and outbound alike: blocking on the
 * caller's thread, or reactive without holding one. Ends in a plain yes or no, and loses
 * no permit on the way, whoever gives up first.
 */
@NullMarked
package io.governance.resilience.admission;

import org.jspecify.annotations.NullMarked;
