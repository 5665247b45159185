// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.client;

import io.governance.context.Attempts;
import io.governance.discovery.Instance;
import io.governance.discovery.InstanceSelector;
import reactor.core.publisher.Mono;

import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.ExchangeFilterFunction;
import org.springframework.web.reactive.function.client.ExchangeFunction;

/**
 * The attempt stage of {@code @LoadBalanced} reactive clients. Each subscription is an
 * attempt of its own.
 */
public final class LoadBalancingExchangeFilter implements ExchangeFilterFunction {

	private final InstanceSelector selector;

	/**
	 * Creates the filter.
	 * @param selector chooses the instance of each attempt
	 */
	public LoadBalancingExchangeFilter(InstanceSelector selector) {
		this.selector = selector;
	}

	@Override
	public Mono<ClientResponse> filter(ClientRequest request, ExchangeFunction next) {
		return Mono.defer(() -> {
			Attempts attempts = (Attempts) request.attributes().get(Attempts.ATTRIBUTE);
			String service = InstanceUris.service(request.url());
			return Mono.fromFuture(this.selector.selectAsync(service, attempts))
				.flatMap((instance) -> exchange(request, instance, next));
		});
	}

	private Mono<ClientResponse> exchange(ClientRequest request, Instance instance, ExchangeFunction next) {
		ClientRequest atInstance = ClientRequest.from(request).url(InstanceUris.at(request.url(), instance)).build();
		return next.exchange(atInstance).doOnError(ConnectFailures::isConnectFailure, (error) -> {
			this.selector.connectFailed(instance);
		});
	}

}
