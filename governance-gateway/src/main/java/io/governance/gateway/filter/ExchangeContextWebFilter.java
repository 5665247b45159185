// SPDX-License-Identifier: Apache-2.0

package io.governance.gateway.filter;

import org.springframework.core.Ordered;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Gives all filters of the gateway the trace of their exchange on the way in, and web
 * filters on the way back, though Reactor's automatic propagation is off there.
 * Thread-safe.
 */
public final class ExchangeContextWebFilter implements WebFilter, Ordered {

	@Override
	public int getOrder() {
		return HIGHEST_PRECEDENCE + 1;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		return new ExchangeScope(chain.filter(exchange));
	}

}
