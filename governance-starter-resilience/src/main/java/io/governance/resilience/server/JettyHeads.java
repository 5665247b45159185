// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.server;

import java.util.EnumSet;
import java.util.Set;

import io.governance.time.TimeSource;
import org.eclipse.jetty.http.HttpParser;
import org.eclipse.jetty.http.HttpParser.State;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.internal.HttpConnection;
import org.jspecify.annotations.Nullable;

/**
 * The connections of a Jetty server. Jetty's parser tells when the first byte of a head
 * came, and whether the head is there. Thread-safe.
 */
public final class JettyHeads implements SlowHeads.Sweep {

	private static final Set<State> IN_HEAD = EnumSet.range(State.METHOD, State.HEADER);

	private final Server server;

	private final TimeSource time;

	/**
	 * Creates the sweep.
	 * @param server the server
	 * @param time the clock
	 */
	public JettyHeads(Server server, TimeSource time) {
		this.server = server;
		this.time = time;
	}

	@Override
	public void closeOlder(long nanos) {
		for (Connector connector : this.server.getConnectors()) {
			for (EndPoint endPoint : connector.getConnectedEndPoints()) {
				if (connection(endPoint) instanceof HttpConnection connection
						&& isSlow(connection.getParser(), nanos)) {
					endPoint.close();
				}
			}
		}
	}

	/**
	 * What speaks on an endpoint, with or without TLS around it.
	 */
	private static @Nullable Connection connection(EndPoint endPoint) {
		return (endPoint.getConnection() instanceof SslConnection secure) ? secure.getSslEndPoint().getConnection()
				: endPoint.getConnection();
	}

	private boolean isSlow(HttpParser parser, long nanos) {
		return IN_HEAD.contains(parser.getState()) && this.time.nanoTime() - parser.getBeginNanoTime() > nanos;
	}

}
