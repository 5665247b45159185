// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.client;

import io.governance.client.GroupAddresses;
import io.governance.discovery.connection.WebClientGroupConnections;
import reactor.core.publisher.Mono;

import org.springframework.core.Ordered;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.ExchangeFilterFunction;
import org.springframework.web.reactive.function.client.ExchangeFunction;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.support.WebClientHttpServiceGroupConfigurer;

/**
 * Gives the reactive clients of HTTP service groups the filter that chooses instances,
 * for their requests to {@code lb://}. Comes late, so that it is within those of the
 * user; only what is next to the wire comes after it.
 */
public final class LoadBalancedWebClientGroups implements WebClientHttpServiceGroupConfigurer {

	private final LoadBalancingExchangeFilter filter;

	/**
	 * Creates the configurer.
	 * @param filter chooses the instances
	 */
	public LoadBalancedWebClientGroups(LoadBalancingExchangeFilter filter) {
		this.filter = filter;
	}

	@Override
	public void configureGroups(Groups<WebClient.Builder> groups) {
		groups.forEachClient((group, builder) -> {
			builder.filters((filters) -> {
				if (filters.stream().noneMatch(LoadBalancingExchangeFilter.class::isInstance)) {
					filters.add(new GroupFilter(group.name(), this.filter));
				}
			});
		});
	}

	@Override
	public int getOrder() {
		return Ordered.LOWEST_PRECEDENCE - 10;
	}

	private record GroupFilter(String group, ExchangeFilterFunction balancing) implements ExchangeFilterFunction {

		@Override
		public Mono<ClientResponse> filter(ClientRequest request, ExchangeFunction next) {
			var target = GroupAddresses.of(request.url(), this.group);
			if (!GroupAddresses.isLoadBalanced(target)) {
				return next.exchange(request);
			}
			return this.balancing.filter(ClientRequest.from(request).url(target).build(), next)
				.contextWrite((context) -> context.put(WebClientGroupConnections.TO_INSTANCE, true));
		}

	}

}
