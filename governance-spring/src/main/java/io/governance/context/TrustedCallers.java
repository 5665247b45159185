// SPDX-License-Identifier: Apache-2.0

package io.governance.context;

import java.net.InetAddress;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Whose governance headers a service honours: peers at certain addresses. Immutable,
 * thread-safe.
 */
public final class TrustedCallers {

	private final List<Cidr> blocks;

	/**
	 * Trusts the peers in some address blocks.
	 * @param blocks the blocks; empty to trust nobody
	 */
	public TrustedCallers(List<Cidr> blocks) {
		this.blocks = List.copyOf(blocks);
	}

	/**
	 * Whether a peer is trusted.
	 * @param address its address; {@code null} where it is unknown
	 * @return whether it is; never when unknown
	 */
	public boolean trusts(@Nullable InetAddress address) {
		return address != null && trusts(address.getAddress());
	}

	private boolean trusts(byte[] address) {
		for (Cidr block : this.blocks) {
			if (block.contains(address)) {
				return true;
			}
		}
		return false;
	}

	/**
	 * Whether a peer is trusted.
	 * @param address its address in text form; {@code null} where it is unknown
	 * @return whether it is; never when unknown or a name
	 */
	public boolean trusts(@Nullable String address) {
		byte[] bytes = (address != null) ? IpLiteral.parse(address) : null;
		return bytes != null && trusts(bytes);
	}

}
