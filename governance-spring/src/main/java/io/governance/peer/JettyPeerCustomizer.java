// SPDX-License-Identifier: Apache-2.0

package io.governance.peer;

import java.net.InetSocketAddress;

import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Server;

/**
 * Notes the peer of each request in Jetty, from the connection itself, since the request
 * may have been given another address. Thread-safe.
 */
public final class JettyPeerCustomizer implements HttpConfiguration.Customizer {

	/**
	 * Has the peers of all requests to a server noted.
	 * @param server the server, with its connectors, not yet started
	 */
	public static void addTo(Server server) {
		JettyPeerCustomizer customizer = new JettyPeerCustomizer();
		for (Connector connector : server.getConnectors()) {
			connector.getConnectionFactories()
				.stream()
				.filter(HttpConfiguration.ConnectionFactory.class::isInstance)
				.map((factory) -> ((HttpConfiguration.ConnectionFactory) factory).getHttpConfiguration())
				.filter((configuration) -> !configuration.getCustomizers().contains(customizer))
				.forEach((configuration) -> configuration.addCustomizer(customizer));
		}
	}

	@Override
	public Request customize(Request request, HttpFields.Mutable responseHeaders) {
		if (request.getConnectionMetaData()
			.getConnection()
			.getEndPoint()
			.getRemoteSocketAddress() instanceof InetSocketAddress peer && peer.getAddress() != null) {
			request.setAttribute(ServletPeer.ATTRIBUTE, peer.getAddress().getHostAddress());
		}
		return request;
	}

}
