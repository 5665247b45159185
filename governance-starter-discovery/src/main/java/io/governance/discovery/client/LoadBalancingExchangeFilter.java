// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.client;

import io.governance.client.CallOrigin;
import io.governance.client.ClientCall;
import io.governance.client.SubscriberContext;
import io.governance.context.Attempts;
import io.governance.context.GovernanceHeaders;
import io.governance.discovery.InstanceSelector;
import io.governance.discovery.SelectedInstance;
import io.governance.discovery.mirror.Mirror;
import io.governance.discovery.mirror.MirroredRequest;
import io.governance.discovery.mirror.Mirroring;
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

	private final CallOrigin origin;

	private final Mirror mirror;

	/**
	 * Creates the filter.
	 * @param selector chooses the instance of each attempt
	 * @param origin whom calls come from
	 * @param mirror sends copies of calls
	 */
	public LoadBalancingExchangeFilter(InstanceSelector selector, CallOrigin origin, Mirror mirror) {
		this.selector = selector;
		this.origin = origin;
		this.mirror = mirror;
	}

	@Override
	public Mono<ClientResponse> filter(ClientRequest request, ExchangeFunction next) {
		return Mono.deferContextual((view) -> {
			InstanceUris.service(request.url());
			ClientCall call = new ClientCall(this.origin, SubscriberContext.of(view), request.method().name(),
					request.url(), request.headers(), request.cookies());
			Attempts attempts = (Attempts) request.attributes().get(Attempts.ATTRIBUTE);
			return Mono.fromFuture(this.selector.selectAsync(call, attempts))
				.doOnDiscard(SelectedInstance.class, SelectedInstance::cancelled)
				.flatMap((selected) -> exchange(request, call, selected, next));
		});
	}

	private Mono<ClientResponse> exchange(ClientRequest request, ClientCall call, SelectedInstance selected,
			ExchangeFunction next) {
		Mirroring copies = this.mirror.begin(selected, call, () -> new MirroredRequest(request.method().name(),
				(instance) -> InstanceUris.at(request.url(), instance), request.headers()));
		WatchedInserter body = new WatchedInserter(
				(copies != null) ? new MirroredInserter(request.body(), copies) : request.body());
		Mono<ClientResponse> answer = Mono.defer(() -> next.exchange(at(selected, request, body)))
			.map((response) -> reported(response, selected))
			.doOnSuccess((response) -> {
				if (response == null) {
					selected.cancelled();
				}
			})
			.doOnError((error) -> selected.failed(error, body.hasSourceFailed()))
			.doOnCancel(selected::cancelled);
		return (copies != null) ? answer.doFinally((signal) -> copies.abandon()) : answer;
	}

	private static ClientRequest at(SelectedInstance selected, ClientRequest request, WatchedInserter body) {
		return ClientRequest.from(request)
			.url(InstanceUris.at(request.url(), selected.instance()))
			.headers((headers) -> RequestChanges.apply(selected.headers(), headers))
			.body(body)
			.build();
	}

	private static ClientResponse reported(ClientResponse response, SelectedInstance selected) {
		boolean notProcessed = "true"
			.equalsIgnoreCase(response.headers().asHttpHeaders().getFirst(GovernanceHeaders.NOT_PROCESSED));
		if (!selected.answered(response.statusCode().value(), notProcessed)) {
			return response;
		}
		return response.mutate()
			.body((body) -> body.doOnComplete(selected::completed)
				.doOnError((error) -> selected.failed(error, false))
				.doOnCancel(selected::completed))
			.build();
	}

}
