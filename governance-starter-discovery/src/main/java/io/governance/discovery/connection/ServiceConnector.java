// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.connection;

import java.net.URI;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.governance.client.FailureKinds;
import io.governance.policy.CallRejectedException;
import reactor.core.publisher.Mono;
import reactor.netty.channel.AbortedException;
import reactor.netty.http.client.HttpClient;

import org.springframework.http.HttpMethod;
import org.springframework.http.client.reactive.ClientHttpConnector;
import org.springframework.http.client.reactive.ClientHttpRequest;
import org.springframework.http.client.reactive.ClientHttpResponse;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.web.reactive.function.client.WebClientRequestException;

/**
 * The connector of load-balanced {@code WebClient}s: one for each service with settings
 * of its own. A request that met a closed connection is sent on another one, once,
 * whatever its method: nothing of it was sent. Thread-safe.
 */
final class ServiceConnector implements ClientHttpConnector {

	private final ReactorConnections connections;

	private final Map<String, ReactorClientHttpConnector> plain;

	private final Map<String, ReactorClientHttpConnector> secure;

	ServiceConnector(ReactorConnections connections, HttpClient own) {
		this.connections = connections;
		this.plain = connectors(connections.clients(own, false));
		this.secure = connectors(connections.clients(own, true));
	}

	private static Map<String, ReactorClientHttpConnector> connectors(Map<String, HttpClient> clients) {
		return clients.entrySet()
			.stream()
			.collect(Collectors.toUnmodifiableMap(Map.Entry::getKey,
					(entry) -> new ReactorClientHttpConnector(entry.getValue())));
	}

	@Override
	public Mono<ClientHttpResponse> connect(HttpMethod method, URI uri,
			Function<? super ClientHttpRequest, Mono<Void>> callback) {
		String service = this.connections.serviceAt(uri);
		Map<String, ReactorClientHttpConnector> connectors = "https".equalsIgnoreCase(uri.getScheme()) ? this.secure
				: this.plain;
		ReactorClientHttpConnector connector = connectors.get(service);
		if (connector == null) {
			throw new IllegalStateException("no connector: " + service);
		}
		return connector.connect(method, uri, callback)
			.onErrorResume(ServiceConnector::isUnsent, (error) -> connector.connect(method, uri, callback))
			.onErrorMap(ServiceConnector::isPoolExhausted,
					(error) -> ConnectionLimits.exhausted(service.isEmpty() ? ConnectionPlan.address(uri) : service));
	}

	/**
	 * Over HTTP/2 there is a pool around the pools, which says it in its own words.
	 */
	private static boolean isPoolExhausted(Throwable error) {
		return !(error instanceof CallRejectedException) && FailureKinds.isPoolExhausted(error);
	}

	/**
	 * The connection was closed before the request was written to it.
	 */
	private static boolean isUnsent(Throwable error) {
		Throwable cause = (error instanceof WebClientRequestException) ? error.getCause() : error;
		return cause instanceof AbortedException && String.valueOf(cause.getMessage()).contains("BEFORE send");
	}

}
