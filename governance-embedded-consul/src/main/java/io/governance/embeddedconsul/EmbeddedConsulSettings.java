// SPDX-License-Identifier: Apache-2.0

package io.governance.embeddedconsul;

import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

/**
 * How an embedded registry is started.
 *
 * @param host the address to bind
 * @param port the port to bind, 0 for a free one
 * @param node the name of the one node
 * @param snapshot where the key/value store is kept, or {@code null} to keep it in memory
 */
public record EmbeddedConsulSettings(String host, int port, String node, @Nullable Path snapshot) {

	/** The address only this machine can reach. */
	public static final String LOOPBACK = "127.0.0.1";

	/**
	 * Settings with the default node name.
	 * @param host the address to bind
	 * @param port the port to bind, 0 for a free one
	 * @param snapshot where the key/value store is kept, or {@code null}
	 */
	public EmbeddedConsulSettings(String host, int port, @Nullable Path snapshot) {
		this(host, port, "embedded", snapshot);
	}

	/**
	 * A free port on the loopback address, nothing kept: what a test wants.
	 * @return settings for a test
	 */
	public static EmbeddedConsulSettings onFreePort() {
		return new EmbeddedConsulSettings(LOOPBACK, 0, null);
	}

}
