// SPDX-License-Identifier: Apache-2.0

package io.governance.gateway.filter;

import java.net.ConnectException;
import java.net.URI;

import io.governance.context.Attempts;
import io.governance.discovery.Instance;
import io.governance.discovery.InstanceSelector;
import io.governance.discovery.client.InstanceUris;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.core.Ordered;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * The attempt stage of the gateway: puts an instance in the place of the service that an
 * {@code lb://} route names. Stands just before Spring Cloud's own filter, which then has
 * nothing to do.
 */
public final class InstanceFilter implements GlobalFilter, Ordered {

	/** Before Spring Cloud's load-balancer filter (10150). */
	public static final int ORDER = CallStageFilter.ORDER + 50;

	private final InstanceSelector selector;

	/**
	 * Creates the filter.
	 * @param selector chooses instances
	 */
	public InstanceFilter(InstanceSelector selector) {
		this.selector = selector;
	}

	@Override
	public int getOrder() {
		return ORDER;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
		URI uri = exchange.getAttribute(ServerWebExchangeUtils.GATEWAY_REQUEST_URL_ATTR);
		if (uri == null || !"lb".equals(uri.getScheme())) {
			return chain.filter(exchange);
		}
		Attempts attempts = exchange.getAttribute(Attempts.ATTRIBUTE);
		return Mono.fromFuture(() -> this.selector.selectAsync(InstanceUris.service(uri), attempts))
			.flatMap((instance) -> send(exchange, chain, uri, instance));
	}

	private Mono<Void> send(ServerWebExchange exchange, GatewayFilterChain chain, URI uri, Instance instance) {
		exchange.getAttributes().put(ServerWebExchangeUtils.GATEWAY_REQUEST_URL_ATTR, InstanceUris.at(uri, instance));
		return chain.filter(exchange)
			.doOnError(ConnectException.class, (error) -> this.selector.connectFailed(instance));
	}

}
