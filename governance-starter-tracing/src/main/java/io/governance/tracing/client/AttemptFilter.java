// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.client;

import java.util.concurrent.CancellationException;

import io.governance.context.Attempts;
import io.micrometer.observation.Observation;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.handler.TracingObservationHandler.TracingContext;
import org.jspecify.annotations.Nullable;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.ExchangeFilterFunction;
import org.springframework.web.reactive.function.client.ExchangeFunction;
import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;

/**
 * Gives each attempt of a reactive client a span. The span ends with the head of the
 * response, with the failure, or when the attempt is given up.
 */
final class AttemptFilter implements ExchangeFilterFunction {

	private final AttemptSpans spans;

	AttemptFilter(AttemptSpans spans) {
		this.spans = spans;
	}

	@Override
	public Mono<ClientResponse> filter(ClientRequest request, ExchangeFunction next) {
		return (request.attributes().get(Attempts.ATTRIBUTE) instanceof Attempts attempts)
				? Mono.deferContextual((view) -> attempt(attempts, request, next, view)) : next.exchange(request);
	}

	private Mono<ClientResponse> attempt(Attempts attempts, ClientRequest request, ExchangeFunction next,
			ContextView view) {
		Span span = this.spans.start(call(view), attempts, request.method().name(), request.url());
		if (span == null) {
			return next.exchange(request);
		}
		ClientRequest traced = ClientRequest.from(request)
			.headers((headers) -> this.spans.inject(span, headers))
			.build();
		return next.exchange(traced)
			.doOnNext((response) -> this.spans.end(span, response.statusCode().value()))
			.doOnError((error) -> this.spans.fail(span, error))
			.doOnCancel(() -> this.spans.fail(span, new CancellationException("given up before a response")));
	}

	/**
	 * The call's span, which the client itself has put into the Reactor context.
	 */
	private static @Nullable Span call(ContextView view) {
		Observation observation = view.getOrDefault(ObservationThreadLocalAccessor.KEY, null);
		TracingContext traced = (observation != null) ? observation.getContextView().get(TracingContext.class) : null;
		return (traced != null) ? traced.getSpan() : null;
	}

}
