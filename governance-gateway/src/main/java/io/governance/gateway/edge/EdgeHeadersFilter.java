// SPDX-License-Identifier: Apache-2.0

package io.governance.gateway.edge;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Locale;

import io.governance.context.TrustedCallers;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Removes governance, forwarding and baggage headers from requests of peers that are not
 * trusted, and writes fresh forwarding headers. Runs before everything that reads them,
 * tracing included.
 */
public final class EdgeHeadersFilter implements WebFilter, Ordered {

	private static final List<String> PREFIXES = List.of("x-governance-", "x-forwarded-", "x-envoy-", "x-original-");

	private static final List<String> NAMES = List.of("baggage", "forwarded", "x-real-ip", "x-rewrite-url");

	private final TrustedCallers trusted;

	/**
	 * Creates the filter.
	 * @param trusted whose headers are honoured
	 */
	public EdgeHeadersFilter(TrustedCallers trusted) {
		this.trusted = trusted;
	}

	@Override
	public int getOrder() {
		return Ordered.HIGHEST_PRECEDENCE;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		InetSocketAddress peer = exchange.getRequest().getRemoteAddress();
		InetAddress address = (peer != null) ? peer.getAddress() : null;
		if (this.trusted.trusts(address)) {
			return chain.filter(exchange);
		}
		ServerHttpRequest request = exchange.getRequest()
			.mutate()
			.headers((headers) -> rewrite(headers, exchange.getRequest(), address))
			.build();
		return chain.filter(exchange.mutate().request(request).build());
	}

	private static void rewrite(HttpHeaders headers, ServerHttpRequest request, @Nullable InetAddress address) {
		List.copyOf(headers.headerNames()).stream().filter(EdgeHeadersFilter::isClaim).forEach(headers::remove);
		if (address != null) {
			headers.set("X-Forwarded-For", address.getHostAddress());
		}
		headers.set("X-Forwarded-Proto", (request.getSslInfo() != null) ? "https" : "http");
		String host = headers.getFirst(HttpHeaders.HOST);
		if (host != null) {
			headers.set("X-Forwarded-Host", host);
		}
	}

	private static boolean isClaim(String header) {
		String name = header.toLowerCase(Locale.ROOT);
		return NAMES.contains(name) || PREFIXES.stream().anyMatch(name::startsWith);
	}

}
