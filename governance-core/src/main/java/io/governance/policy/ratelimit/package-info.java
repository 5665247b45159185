// SPDX-License-Identifier: Apache-2.0

/**
 * Calls per time, by token bucket (Bucket4j): tokens refill evenly, a burst may take what
 * has gathered. With a key, each value of it has a bucket of its own; the number of
 * buckets is bounded, and what overflows shares one more bucket, so that a flood of keys
 * is limited too. Not for protecting a process from overload: a quota does not know how
 * busy it is.
 */
@NullMarked
package io.governance.policy.ratelimit;

import org.jspecify.annotations.NullMarked;
