// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.client;

import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;

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
 * response, with the failure, or when the attempt is given up, whichever comes first.
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
			.headers((headers) -> this.spans.inject(span, headers::set))
			.build();
		AtomicBoolean open = new AtomicBoolean(true);
		return next.exchange(traced)
			.doOnSuccess((response) -> end(span, open, response))
			.doOnError((error) -> fail(span, open, error))
			.doOnCancel(() -> fail(span, open, new CancellationException("given up before a response")));
	}

	/**
	 * Reactor cancels an attempt also once its response is there.
	 */
	private void end(Span span, AtomicBoolean open, @Nullable ClientResponse response) {
		if (!open.compareAndSet(true, false)) {
			return;
		}
		if (response != null) {
			this.spans.end(span, response.statusCode().value());
		}
		else {
			span.end();
		}
	}

	private void fail(Span span, AtomicBoolean open, Throwable error) {
		if (open.compareAndSet(true, false)) {
			this.spans.fail(span, error);
		}
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
