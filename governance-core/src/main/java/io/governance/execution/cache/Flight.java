// SPDX-License-Identifier: Apache-2.0

package io.governance.execution.cache;

import java.util.concurrent.CompletableFuture;

import io.governance.execution.CacheTurn;

/**
 * A call that is under way, for which others of the same key wait.
 *
 * @param startNanos when it began, on the monotonic clock
 * @param end completed when it has ended, with what those who waited do then
 */
record Flight(long startNanos, CompletableFuture<CacheTurn.Shared> end) {
}
