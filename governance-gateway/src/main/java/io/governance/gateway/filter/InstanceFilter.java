// SPDX-License-Identifier: Apache-2.0

package io.governance.gateway.filter;

import java.net.URI;
import java.util.concurrent.CompletableFuture;

import io.governance.context.Attempts;
import io.governance.context.CallContext;
import io.governance.discovery.Instance;
import io.governance.discovery.InstanceSelector;
import io.governance.discovery.client.ConnectFailures;
import io.governance.discovery.client.InstanceUris;
import io.governance.resilience.execution.ReactiveCallExecutor;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.core.Ordered;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;

/**
 * The attempt stage of the gateway: puts an instance in the place of the service that an
 * {@code lb://} or {@code lb:ws://} route names. Stands just before Spring Cloud's own
 * filter, which then has nothing to do. Thread-safe.
 */
public final class InstanceFilter implements GlobalFilter, Ordered {

	/** Before Spring Cloud's load-balancer filter (10150). */
	public static final int ORDER = CallStageFilter.ORDER + 50;

	private static final String LOAD_BALANCED = "lb";

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
		if (uri == null || !isLoadBalanced(exchange, uri)) {
			return chain.filter(exchange);
		}
		Attempts attempts = exchange.getAttribute(Attempts.ATTRIBUTE);
		return Mono.deferContextual((view) -> Mono.fromFuture(() -> select(InstanceUris.service(uri), attempts, view)))
			.flatMap((instance) -> send(exchange, chain, uri, instance));
	}

	static boolean isLoadBalanced(ServerWebExchange exchange, URI uri) {
		return LOAD_BALANCED.equals(uri.getScheme())
				|| LOAD_BALANCED.equals(exchange.getAttribute(ServerWebExchangeUtils.GATEWAY_SCHEME_PREFIX_ATTR));
	}

	/**
	 * In the call's context, though the gateway carries none from thread to thread.
	 */
	@SuppressWarnings("try")
	private CompletableFuture<Instance> select(String service, @Nullable Attempts attempts, ContextView view) {
		try (CallContext.Scope scope = ReactiveCallExecutor.callContext(view).makeCurrent()) {
			return this.selector.selectAsync(service, attempts);
		}
	}

	private Mono<Void> send(ServerWebExchange exchange, GatewayFilterChain chain, URI uri, Instance instance) {
		URI target = InstanceUris.at(uri, instance);
		exchange.getAttributes().put(ServerWebExchangeUtils.GATEWAY_REQUEST_URL_ATTR, target);
		exchange.getAttributes().put(GatewayUpstreams.TARGET, target);
		exchange.getAttributes().remove(ServerWebExchangeUtils.GATEWAY_SCHEME_PREFIX_ATTR);
		return chain.filter(exchange)
			.doOnError(ConnectFailures::isConnectFailure, (error) -> this.selector.connectFailed(instance));
	}

}
