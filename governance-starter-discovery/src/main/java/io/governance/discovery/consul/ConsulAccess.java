// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.consul;

import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * Where the agent is and how to be let in: shared by all connections of the process.
 *
 * @param address the agent
 * @param token the ACL token
 * @param tls how connections are secured, asked before each request; gives {@code null}
 * for the JDK's own. New connections follow what it gives
 */
public record ConsulAccess(ConsulAddress address, ConsulToken token, Supplier<@Nullable ConsulTls> tls) {

	/**
	 * Access without TLS of its own.
	 * @param address the agent
	 * @param token the ACL token
	 * @return the access
	 */
	public static ConsulAccess of(ConsulAddress address, ConsulToken token) {
		return new ConsulAccess(address, token, () -> null);
	}

	@Override
	public String toString() {
		return this.address.toString();
	}

}
