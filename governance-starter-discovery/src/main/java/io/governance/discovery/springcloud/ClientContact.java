// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.springcloud;

import org.jspecify.annotations.Nullable;

import org.springframework.cloud.client.discovery.DiscoveryClient;

/**
 * Knows discovery clients that answer from their memory when their registry is away, and
 * so cannot be asked whether it is. Asked often; must not block.
 */
@FunctionalInterface
public interface ClientContact {

	/**
	 * Whether a client has lost its registry.
	 * @param client the client
	 * @return why its answers are not confirmed; {@code null} if they are, or if this is
	 * another kind of client
	 */
	@Nullable String lost(DiscoveryClient client);

}
