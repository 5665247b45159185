// SPDX-License-Identifier: Apache-2.0

package io.governance.gateway.filter;

import java.time.Duration;
import java.util.List;

import io.netty.channel.ChannelOption;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.cloud.gateway.config.HttpClientProperties;
import org.springframework.cloud.gateway.filter.NettyRoutingFilter;
import org.springframework.cloud.gateway.filter.headers.HttpHeadersFilter;
import org.springframework.cloud.gateway.route.Route;
import org.springframework.web.server.ServerWebExchange;
import reactor.netty.http.client.HttpClient;

/**
 * Spring Cloud's routing filter with the connect timeout of the rule that applies.
 */
public class GovernedRoutingFilter extends NettyRoutingFilter {

	static final String CONNECT_TIMEOUT = GovernedRoutingFilter.class.getName() + ".connectTimeout";

	/**
	 * Creates the filter.
	 * @param httpClient sends the requests
	 * @param headersFilters filter request and response headers
	 * @param properties the client's settings
	 */
	public GovernedRoutingFilter(HttpClient httpClient, ObjectProvider<List<HttpHeadersFilter>> headersFilters,
			HttpClientProperties properties) {
		super(httpClient, headersFilters, properties);
	}

	@Override
	protected HttpClient getHttpClient(Route route, ServerWebExchange exchange) {
		HttpClient client = super.getHttpClient(route, exchange);
		Duration timeout = exchange.getAttribute(CONNECT_TIMEOUT);
		return (timeout != null) ? client.option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) timeout.toMillis())
				: client;
	}

}
