// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.failback;

/**
 * What sends a call after its caller has gone.
 *
 * @param exchange sends the attempts
 * @param bytes what it keeps of a body, at most
 * @param <E> the kind of exchange
 */
public record KeptExchange<E>(E exchange, long bytes) {
}
