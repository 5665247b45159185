// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.connection;

import java.net.URI;
import java.util.function.Function;

import reactor.core.publisher.Mono;

import org.springframework.core.Ordered;
import org.springframework.http.HttpMethod;
import org.springframework.http.client.reactive.ClientHttpConnector;
import org.springframework.http.client.reactive.ClientHttpRequest;
import org.springframework.http.client.reactive.ClientHttpResponse;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.support.WebClientHttpServiceGroupConfigurer;

/**
 * Sets up the connections of HTTP service groups made of {@code WebClient}, for their
 * requests to instances: others go by the connector that the group had. Comes after what
 * chooses instances, so that it is within.
 */
public final class WebClientGroupConnections implements WebClientHttpServiceGroupConfigurer {

	/**
	 * The key in the context of a request to an instance, whatever its value.
	 */
	public static final String TO_INSTANCE = WebClientGroupConnections.class.getName() + ".toInstance";

	private final WebClientConnections connections;

	/**
	 * Creates the configurer.
	 * @param connections sets up the connections
	 */
	public WebClientGroupConnections(WebClientConnections connections) {
		this.connections = connections;
	}

	@Override
	public void configureGroups(Groups<WebClient.Builder> groups) {
		groups.forEachClient((group, builder) -> this.connections.setUp(builder, Chosen::new));
	}

	@Override
	public int getOrder() {
		return Ordered.LOWEST_PRECEDENCE - 9;
	}

	private record Chosen(ClientHttpConnector own, ClientHttpConnector toInstances) implements ClientHttpConnector {

		@Override
		public Mono<ClientHttpResponse> connect(HttpMethod method, URI uri,
				Function<? super ClientHttpRequest, Mono<Void>> callback) {
			return Mono.deferContextual((context) -> (context.hasKey(TO_INSTANCE) ? this.toInstances : this.own)
				.connect(method, uri, callback));
		}

	}

}
