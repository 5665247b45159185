// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.connection;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * How connections to the instances of a service are made and kept.
 *
 * @param connectTimeout how long making one may take; a shorter one of a rule wins
 * @param idleTimeout how long one is kept that is not used
 * @param maxLife how long one is used at all; {@code null} for no bound
 * @param poolSize how many there may be to one instance
 * @param maxPending how many calls to one instance may wait for one
 * @param pendingTimeout how long a call may wait for one
 * @param http2 whether HTTP/2 is spoken where the instance can; {@code null} for what the
 * client does by itself
 */
public record ConnectionSettings(Duration connectTimeout, Duration idleTimeout, @Nullable Duration maxLife,
		int poolSize, int maxPending, Duration pendingTimeout, @Nullable Boolean http2) {
}
