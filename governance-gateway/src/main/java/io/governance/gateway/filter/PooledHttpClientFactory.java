// SPDX-License-Identifier: Apache-2.0

package io.governance.gateway.filter;

import java.util.List;

import io.governance.discovery.connection.ReactorConnections;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.cloud.gateway.config.HttpClientCustomizer;
import org.springframework.cloud.gateway.config.HttpClientFactory;
import org.springframework.cloud.gateway.config.HttpClientProperties;
import org.springframework.cloud.gateway.config.HttpClientSslConfigurer;
import reactor.netty.resources.ConnectionProvider;

/**
 * Makes the gateway's client with the pools of all called services, in place of the one
 * that Spring Cloud's properties describe.
 */
public final class PooledHttpClientFactory extends HttpClientFactory {

	private static final Logger logger = LoggerFactory.getLogger(PooledHttpClientFactory.class);

	private final ReactorConnections connections;

	/**
	 * Creates the factory.
	 * @param properties Spring Cloud's settings of the client
	 * @param server the server's settings
	 * @param customizers change the client
	 * @param ssl sets up TLS
	 * @param connections has the pools
	 */
	public PooledHttpClientFactory(HttpClientProperties properties, ServerProperties server,
			List<HttpClientCustomizer> customizers, HttpClientSslConfigurer ssl, ReactorConnections connections) {
		super(properties, server, ssl, customizers);
		this.connections = connections;
	}

	@Override
	protected ConnectionProvider buildConnectionProvider(HttpClientProperties properties) {
		// its text has every property
		if (!properties.getPool().toString().equals(new HttpClientProperties.Pool().toString())) {
			logger.warn("without-effect=spring.cloud.gateway.server.webflux.httpclient.pool "
					+ "action=\"set governance.discovery.connection, or switch that off\"");
		}
		return this.connections.pools();
	}

}
