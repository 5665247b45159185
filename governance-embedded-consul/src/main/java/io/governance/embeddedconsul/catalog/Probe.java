// SPDX-License-Identifier: Apache-2.0

package io.governance.embeddedconsul.catalog;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How the agent asks an instance for its health.
 *
 * @param kind the protocol
 * @param target a URL, or {@code host:port}, for gRPC with {@code /service} behind it
 * where one service is meant
 * @param method HTTP method
 * @param headers HTTP headers
 * @param tls the instance's certificate, and whether it has one at all
 * @param interval time between two probes
 * @param timeout longest time to wait for one answer
 */
public record Probe(Kind kind, String target, String method, Map<String, List<String>> headers, Tls tls,
		Duration interval, Duration timeout) {

	/** The protocol of a probe. */
	public enum Kind {

		/** A request whose status decides. */
		HTTP,

		/** A connection is enough. */
		TCP,

		/** The standard health service of gRPC. */
		GRPC;

		/**
		 * The word used on the wire.
		 * @return lower case
		 */
		public String text() {
			return name().toLowerCase(Locale.ROOT);
		}

	}

	/**
	 * TLS of a probe.
	 *
	 * @param grpc whether gRPC is spoken inside of TLS; HTTP has its scheme for that
	 * @param skipVerify whether any certificate will do
	 */
	public record Tls(boolean grpc, boolean skipVerify) {

		/** Plain, or with certificates that are verified. */
		public static final Tls DEFAULT = new Tls(false, false);

	}

}
