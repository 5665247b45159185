// SPDX-License-Identifier: Apache-2.0

/**
 * Limits that protect this process's own server from single callers: size and pace of
 * request bodies, pace of request heads, number of connections. What the server can do by
 * itself, it does; this package adds what it lacks.
 */
@NullMarked
package io.governance.resilience.server;

import org.jspecify.annotations.NullMarked;
