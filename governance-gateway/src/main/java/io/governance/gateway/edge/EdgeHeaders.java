// SPDX-License-Identifier: Apache-2.0

package io.governance.gateway.edge;

import java.util.List;
import java.util.Locale;
import java.util.Set;

import io.governance.context.TrustedCallers;
import io.governance.peer.ReactivePeer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.HttpHandlerDecoratorFactory;
import org.springframework.http.server.reactive.ServerHttpRequest;

/**
 * Removes what peers that are not trusted claim: governance, forwarding and baggage
 * headers, and connection options, which would make the gateway drop headers of its own.
 * Wraps the whole handler, since the observation that reads baggage begins before any
 * filter. A trace that a peer sends goes on; whether it is recorded, sampling rules
 * decide. Thread-safe.
 */
public final class EdgeHeaders implements HttpHandlerDecoratorFactory {

	private static final List<String> PREFIXES = List.of("x-governance-", "x-forwarded-", "x-envoy-", "x-original-");

	private static final Set<String> NAMES = Set.of("baggage", "forwarded", "x-real-ip", "x-rewrite-url");

	private static final Set<String> CONNECTION_OPTIONS = Set.of("close", "keep-alive", "upgrade", "http2-settings",
			"te");

	private final TrustedCallers trusted;

	/**
	 * Creates it.
	 * @param trusted whose headers are honoured
	 */
	public EdgeHeaders(TrustedCallers trusted) {
		this.trusted = trusted;
	}

	@Override
	public HttpHandler apply(HttpHandler handler) {
		return (request, response) -> handler.handle(isTrusted(request) ? request : withoutClaims(request), response);
	}

	private boolean isTrusted(ServerHttpRequest request) {
		return ReactivePeer.isTrusted(request, this.trusted);
	}

	private static ServerHttpRequest withoutClaims(ServerHttpRequest request) {
		HttpHeaders received = request.getHeaders();
		List<String> claims = received.headerNames().stream().filter(EdgeHeaders::isClaim).toList();
		List<String> options = received.getConnection();
		List<String> allowed = options.stream()
			.filter((option) -> CONNECTION_OPTIONS.contains(option.toLowerCase(Locale.ROOT)))
			.toList();
		if (claims.isEmpty() && allowed.size() == options.size()) {
			return request;
		}
		return request.mutate().headers((headers) -> {
			claims.forEach(headers::remove);
			if (allowed.size() < options.size()) {
				headers.remove(HttpHeaders.CONNECTION);
				headers.setConnection(allowed);
			}
		}).build();
	}

	private static boolean isClaim(String header) {
		String name = header.toLowerCase(Locale.ROOT);
		return NAMES.contains(name) || PREFIXES.stream().anyMatch(name::startsWith);
	}

}
