// SPDX-License-Identifier: Apache-2.0

package io.governance.gateway.filter;

import java.net.URI;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.governance.context.Attempts;
import io.governance.context.GovernanceHeaders;
import io.governance.resilience.execution.Attempt;
import io.governance.resilience.execution.ReactiveExchange;
import io.governance.resilience.execution.ResponseHead;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;

/**
 * Sends the attempts of one routed request: each runs the rest of the filter chain anew,
 * from the state of the exchange before the first one.
 */
final class GatewayAttempts implements ReactiveExchange<ServerWebExchange> {

	private final ServerWebExchange exchange;

	private final GatewayFilterChain chain;

	private final ReplayBody body;

	private final Map<String, List<String>> responseHeaders = new HashMap<>();

	private final URI target;

	GatewayAttempts(ServerWebExchange exchange, GatewayFilterChain chain) {
		this.exchange = exchange;
		this.chain = chain;
		this.body = new ReplayBody(exchange.getRequest());
		this.target = exchange.getRequiredAttribute(ServerWebExchangeUtils.GATEWAY_REQUEST_URL_ATTR);
		HttpHeaders headers = exchange.getResponse().getHeaders();
		headers.forEach((name, values) -> this.responseHeaders.put(name, List.copyOf(values)));
	}

	@Override
	public Mono<ServerWebExchange> send(Attempt attempt) {
		if (attempt.number() > 1) {
			reset();
		}
		this.exchange.getAttributes().put(Attempts.ATTRIBUTE, attempt.tried());
		if (attempt.connectTimeout() != null) {
			this.exchange.getAttributes().put(GovernedRoutingFilter.CONNECT_TIMEOUT, attempt.connectTimeout());
		}
		ServerHttpRequest request = this.exchange.getRequest()
			.mutate()
			.headers((headers) -> attempt.headers().forEach(headers::set))
			.build();
		ServerWebExchange attempted = this.exchange.mutate()
			.request(this.body.around(request, attempt.keepBodyBytes()))
			.build();
		return this.chain.filter(attempted).thenReturn(attempted);
	}

	/**
	 * Undoes what the routing filters noted on the exchange. The headers that a discarded
	 * response had are not those of the next one.
	 */
	private void reset() {
		ServerWebExchangeUtils.reset(this.exchange);
		this.exchange.getAttributes().put(ServerWebExchangeUtils.GATEWAY_REQUEST_URL_ATTR, this.target);
		ServerHttpResponse response = this.exchange.getResponse();
		HttpHeaders headers = response.getHeaders();
		Set<String> names = new LinkedHashSet<>(headers.headerNames());
		names.forEach(headers::remove);
		this.responseHeaders.forEach(headers::put);
		response.setStatusCode(null);
	}

	@Override
	public ResponseHead head(ServerWebExchange response) {
		HttpStatusCode status = response.getResponse().getStatusCode();
		String notProcessed = response.getResponse().getHeaders().getFirst(GovernanceHeaders.NOT_PROCESSED);
		return ResponseHead.of((status != null) ? status.value() : 200, notProcessed);
	}

	@Override
	public boolean isRepeatable() {
		return this.body.isRepeatable() && !this.exchange.getResponse().isCommitted();
	}

	@Override
	public Mono<Void> discard(ServerWebExchange response) {
		return Mono.fromRunnable(() -> {
			Connection connection = response.getAttribute(ServerWebExchangeUtils.CLIENT_RESPONSE_CONN_ATTR);
			if (connection != null) {
				connection.dispose();
				response.getAttributes().remove(ServerWebExchangeUtils.CLIENT_RESPONSE_CONN_ATTR);
			}
		});
	}

}
