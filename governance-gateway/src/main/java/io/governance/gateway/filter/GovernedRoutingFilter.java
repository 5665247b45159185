// SPDX-License-Identifier: Apache-2.0

package io.governance.gateway.filter;

import java.net.ConnectException;
import java.net.URI;
import java.time.Duration;
import java.util.List;

import io.governance.client.FailureKinds;
import io.governance.discovery.connection.ReactorConnections;
import io.governance.policy.CallRejectedException;
import io.governance.policy.Reason;
import io.governance.policy.Rejection;
import io.netty.channel.ChannelOption;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.cloud.gateway.config.HttpClientProperties;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.NettyRoutingFilter;
import org.springframework.cloud.gateway.filter.headers.HttpHeadersFilter;
import org.springframework.cloud.gateway.route.Route;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.netty.channel.AbortedException;
import reactor.netty.http.client.HttpClient;

/**
 * Spring Cloud's routing filter with the connect timeout of the rule that applies. A
 * pooled connection that turns out to be closed before anything was sent counts as a
 * failure to connect. Stands before the stock filter, which then has nothing to do (it
 * cannot be turned off alone: what writes the response goes with it). Filters outside see
 * the head of the response in the scope of their exchange. Thread-safe.
 */
public final class GovernedRoutingFilter extends NettyRoutingFilter {

	static final String CONNECT_TIMEOUT = GovernedRoutingFilter.class.getName() + ".connectTimeout";

	private final @Nullable ReactorConnections connections;

	/**
	 * Creates the filter.
	 * @param httpClient sends the requests; must not retry by itself
	 * @param headersFilters filter request and response headers
	 * @param properties the client's settings
	 */
	public GovernedRoutingFilter(HttpClient httpClient, ObjectProvider<List<HttpHeadersFilter>> headersFilters,
			HttpClientProperties properties) {
		this(httpClient, headersFilters, properties, null);
	}

	/**
	 * Creates the filter.
	 * @param httpClient sends the requests; must not retry by itself
	 * @param headersFilters filter request and response headers
	 * @param properties the client's settings
	 * @param connections what is set per called service; {@code null} for nothing
	 */
	public GovernedRoutingFilter(HttpClient httpClient, ObjectProvider<List<HttpHeadersFilter>> headersFilters,
			HttpClientProperties properties, @Nullable ReactorConnections connections) {
		super(httpClient, headersFilters, properties);
		this.connections = connections;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
		return new ExchangeScope(
				super.filter(exchange, chain).onErrorMap(GovernedRoutingFilter::isUnsent, GovernedRoutingFilter::unsent)
					.onErrorMap(GovernedRoutingFilter::isPoolExhausted, (error) -> poolExhausted(exchange)));
	}

	/**
	 * Over HTTP/2 there is a pool around the pools, which says it in its own words.
	 */
	private static boolean isPoolExhausted(Throwable error) {
		return !(error instanceof CallRejectedException) && FailureKinds.isPoolExhausted(error);
	}

	private static Throwable poolExhausted(ServerWebExchange exchange) {
		URI uri = exchange.getAttribute(ServerWebExchangeUtils.GATEWAY_REQUEST_URL_ATTR);
		return new CallRejectedException((uri != null) ? uri.getAuthority() : "", Rejection.of(Reason.POOL_EXHAUSTED));
	}

	private static boolean isUnsent(Throwable error) {
		return error instanceof AbortedException && String.valueOf(error.getMessage()).contains("BEFORE send");
	}

	private static Throwable unsent(Throwable error) {
		ConnectException failure = new ConnectException("a pooled connection was closed before anything was sent");
		failure.initCause(error);
		return failure;
	}

	@Override
	protected HttpClient getHttpClient(Route route, ServerWebExchange exchange) {
		HttpClient client = super.getHttpClient(route, exchange);
		URI uri = exchange.getAttribute(ServerWebExchangeUtils.GATEWAY_REQUEST_URL_ATTR);
		if (this.connections != null && uri != null) {
			client = this.connections.at(client, uri);
		}
		Duration timeout = exchange.getAttribute(CONNECT_TIMEOUT);
		return (timeout != null) ? client.option(ChannelOption.CONNECT_TIMEOUT_MILLIS, shorter(client, timeout))
				: client;
	}

	/**
	 * At least one: to Netty zero is no timeout.
	 */
	private static int shorter(HttpClient client, Duration timeout) {
		Object own = client.configuration().options().get(ChannelOption.CONNECT_TIMEOUT_MILLIS);
		long bound = (own instanceof Integer millis && millis > 0) ? millis : Integer.MAX_VALUE;
		return (int) Math.max(1, Math.min(bound, timeout.toMillis()));
	}

}
