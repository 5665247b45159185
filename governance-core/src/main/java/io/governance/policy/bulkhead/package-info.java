// SPDX-License-Identifier: Apache-2.0

/**
 * So many calls at a time, by Resilience4j's bulkhead: what is slow or hangs ties up no
 * more than its share. Each key, by default each called service, has one of its own; the
 * number of keys is bounded. What finds no room is turned away at once, or waits for a
 * while in a bounded queue of ours, first come, first served. Not for protecting a
 * process whose capacity is not known: the number is fixed.
 */
@NullMarked
package io.governance.policy.bulkhead;

import org.jspecify.annotations.NullMarked;
