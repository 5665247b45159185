// SPDX-License-Identifier: Apache-2.0

package io.governance.gateway.filter;

import java.net.URI;

import io.governance.client.SubscriberContext;
import io.governance.context.CallContext;
import io.governance.context.RequestAttributes;
import io.governance.resilience.client.ClientSettings;
import io.governance.resilience.execution.ReactiveCallExecutor;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.cloud.gateway.filter.RouteToRequestUrlFilter;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * The call stage of the gateway: deadline, limits, retry and, per attempt, breaker around
 * the filters that pick an instance and send. Acts on {@code lb://} routes, and on others
 * whose host is named in {@code governance.resilience.outbound.hosts}. By the time it
 * ends the head of the response is there and nothing of it is written, so that an attempt
 * can still be thrown away. WebSocket upgrades are not called again and pass untouched.
 * On every route an upstream that gives no response becomes a rejection. Thread-safe.
 */
public final class CallStageFilter implements GlobalFilter, Ordered {

	/** After the target is known, before an instance is picked. */
	public static final int ORDER = RouteToRequestUrlFilter.ROUTE_TO_URL_FILTER_ORDER + 50;

	private final ClientSettings settings;

	private final ReactiveCallExecutor executor;

	/**
	 * Creates the filter.
	 * @param settings what calls are carried out with, and which hosts are governed
	 */
	public CallStageFilter(ClientSettings settings) {
		this.settings = settings;
		this.executor = new ReactiveCallExecutor(settings.execution());
	}

	@Override
	public int getOrder() {
		return ORDER;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
		URI uri = exchange.getAttribute(ServerWebExchangeUtils.GATEWAY_REQUEST_URL_ATTR);
		if (uri == null || uri.getHost() == null) {
			return chain.filter(exchange);
		}
		Mono<Void> sent = isGoverned(exchange, uri) ? call(exchange, chain, uri) : chain.filter(exchange);
		return sent.onErrorMap((error) -> answerable(uri.getHost(), error))
			.doOnSuccess((head) -> exchange.getAttributes().put(RequestAttributes.ANSWERED, true));
	}

	private static Throwable answerable(String service, Throwable error) {
		return (error instanceof ReplayBody.BrokenOffException) ? new ClientGoneException(service, error.getCause())
				: UpstreamException.of(service, error);
	}

	private boolean isGoverned(ServerWebExchange exchange, URI uri) {
		return !isWebSocket(exchange)
				&& (InstanceFilter.isLoadBalanced(exchange, uri) || this.settings.hosts().contains(uri));
	}

	static boolean isWebSocket(ServerWebExchange exchange) {
		return "websocket".equalsIgnoreCase(exchange.getRequest().getHeaders().getFirst(HttpHeaders.UPGRADE));
	}

	private Mono<Void> call(ServerWebExchange exchange, GatewayFilterChain chain, URI uri) {
		return Mono.deferContextual((view) -> {
			CallContext context = SubscriberContext.of(view);
			GatewayCall call = new GatewayCall(exchange.getRequest(), uri, context, this.settings.origin(), view)
				.by(exchange.getAttribute(ServerWebExchangeUtils.GATEWAY_ROUTE_ATTR));
			GatewayAttempts attempts = new GatewayAttempts(exchange, chain);
			return this.executor.execute(call, context, attempts).doFinally((signal) -> attempts.end()).then();
		});
	}

}
