// SPDX-License-Identifier: Apache-2.0

/**
 * Calls per time. By token bucket (Bucket4j): tokens refill evenly, a burst may take what
 * has gathered. Or, with pacing or warm-up, by schedule: each call has its turn. With a
 * key, each value of it has a limiter of its own; the number of limiters is bounded, and
 * what overflows shares one more, so that a flood of keys is limited too. All limits hold
 * for this process. Not for protecting it from overload: a quota does not know how busy
 * it is.
 */
@NullMarked
package io.governance.policy.ratelimit;

import org.jspecify.annotations.NullMarked;
