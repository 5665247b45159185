// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.accesslog;

import org.jspecify.annotations.Nullable;

/**
 * Where a proxy sent a request.
 *
 * @param route the route's name; {@code null} when no route matched
 * @param cluster the called service
 * @param host the instance of the last attempt, as {@code host:port}
 * @param attempts how many attempts were made
 */
public record Upstream(@Nullable String route, @Nullable String cluster, @Nullable String host, int attempts) {
}
