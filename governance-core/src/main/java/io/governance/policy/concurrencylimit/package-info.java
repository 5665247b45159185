// SPDX-License-Identifier: Apache-2.0

/**
 * Calls in flight, by a limit that finds itself (Netflix's Gradient2): as long as calls
 * take the time they usually take it grows, when they take longer it shrinks, so that
 * calls do not wait where nobody sees it. Each priority has a share of the limit that the
 * others cannot fill. What is at hand in advance is no limit of this kind: a fixed number
 * is a bulkhead, a quota is a rate limit. Taking and giving back a permit takes no lock
 * and allocates nothing; the limit changes once in a while, on the thread of the call
 * that ends a window.
 */
@NullMarked
package io.governance.policy.concurrencylimit;

import org.jspecify.annotations.NullMarked;
