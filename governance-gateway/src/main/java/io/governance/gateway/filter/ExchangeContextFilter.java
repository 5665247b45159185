// SPDX-License-Identifier: Apache-2.0

package io.governance.gateway.filter;

import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.cloud.gateway.filter.NettyWriteResponseFilter;
import org.springframework.core.Ordered;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * Gives filters and log lines of the gateway the trace of their exchange, though
 * Reactor's automatic propagation is off there. Stands at places where an exchange comes
 * from another thread. Thread-safe.
 */
public final class ExchangeContextFilter implements GlobalFilter, Ordered {

	/** Around the writing of the response: filters outside see its end. */
	public static final int RESPONSE = NettyWriteResponseFilter.WRITE_RESPONSE_FILTER_ORDER - 1;

	/** Right inside of the choice of an instance, which may come late. */
	public static final int ATTEMPT = InstanceFilter.ORDER + 1;

	private final int order;

	/**
	 * Creates a filter.
	 * @param order its place among the filters
	 */
	public ExchangeContextFilter(int order) {
		this.order = order;
	}

	@Override
	public int getOrder() {
		return this.order;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
		return new ExchangeScope(chain.filter(exchange));
	}

}
