// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.accesslog;

import org.springframework.core.Ordered;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Lets the access log see the attributes of an exchange, and counts the bytes of its
 * request body as they are read. Thread-safe.
 */
public final class AccessLogWebFilter implements WebFilter, Ordered {

	/**
	 * Creates the filter.
	 */
	public AccessLogWebFilter() {
	}

	@Override
	public int getOrder() {
		return Ordered.HIGHEST_PRECEDENCE;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		return Mono.deferContextual((view) -> {
			ExchangeTrail trail = view.getOrDefault(ExchangeTrail.class, null);
			if (trail == null) {
				return chain.filter(exchange);
			}
			trail.attributes(exchange.getAttributes());
			return chain.filter(hasBody(exchange.getRequest()) ? counted(exchange, trail) : exchange);
		});
	}

	private static boolean hasBody(ServerHttpRequest request) {
		HttpHeaders headers = request.getHeaders();
		return headers.getContentLength() > 0 || headers.containsHeader(HttpHeaders.TRANSFER_ENCODING)
				|| headers.containsHeader(HttpHeaders.CONTENT_TYPE);
	}

	private static ServerWebExchange counted(ServerWebExchange exchange, ExchangeTrail trail) {
		return exchange.mutate().request(new ServerHttpRequestDecorator(exchange.getRequest()) {

			@Override
			public Flux<DataBuffer> getBody() {
				return super.getBody().doOnNext((buffer) -> trail.received(buffer.readableByteCount()));
			}

		}).build();
	}

}
