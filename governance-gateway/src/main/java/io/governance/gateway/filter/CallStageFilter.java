// SPDX-License-Identifier: Apache-2.0

package io.governance.gateway.filter;

import java.net.URI;
import java.util.Locale;
import java.util.Set;

import io.governance.context.CallContext;
import io.governance.context.LabelSource;
import io.governance.resilience.execution.ReactiveCallExecutor;
import org.jspecify.annotations.Nullable;
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
 * can still be thrown away. WebSocket upgrades pass untouched.
 */
public final class CallStageFilter implements GlobalFilter, Ordered {

	/** After the target is known, before an instance is picked. */
	public static final int ORDER = RouteToRequestUrlFilter.ROUTE_TO_URL_FILTER_ORDER + 50;

	private final ReactiveCallExecutor executor;

	private final LabelSource labels;

	private final String caller;

	private final Set<String> hosts;

	/**
	 * Creates the filter.
	 * @param executor carries the calls out
	 * @param labels gives the labels of a call
	 * @param caller the gateway's own service name
	 * @param hosts hosts that are governed though they are no services, in lower case
	 */
	public CallStageFilter(ReactiveCallExecutor executor, LabelSource labels, String caller, Set<String> hosts) {
		this.executor = executor;
		this.labels = labels;
		this.caller = caller;
		this.hosts = Set.copyOf(hosts);
	}

	@Override
	public int getOrder() {
		return ORDER;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
		GatewayCall.Target target = target(exchange);
		if (target == null
				|| "websocket".equalsIgnoreCase(exchange.getRequest().getHeaders().getFirst(HttpHeaders.UPGRADE))) {
			return chain.filter(exchange);
		}
		return Mono.deferContextual((context) -> {
			CallContext inbound = ReactiveCallExecutor.callContext(context);
			GatewayCall call = new GatewayCall(exchange.getRequest(), target, inbound, this.labels, this.caller);
			return this.executor.execute(call, inbound, new GatewayAttempts(exchange, chain)).then();
		});
	}

	private GatewayCall.@Nullable Target target(ServerWebExchange exchange) {
		URI uri = exchange.getAttribute(ServerWebExchangeUtils.GATEWAY_REQUEST_URL_ATTR);
		String host = (uri != null) ? uri.getHost() : null;
		if (uri == null || host == null) {
			return null;
		}
		boolean governed = "lb".equals(uri.getScheme()) || this.hosts.contains(host.toLowerCase(Locale.ROOT));
		return governed ? new GatewayCall.Target(host, uri) : null;
	}

}
