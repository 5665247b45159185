// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.web;

import io.micrometer.tracing.Span;
import io.micrometer.tracing.handler.TracingObservationHandler.TracingContext;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.http.server.reactive.observation.ServerRequestObservationContext;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Writes the trace id of the exchange into a response header. The id comes from the
 * exchange, not from a thread, and is written when the response is committed: it is right
 * without Reactor's automatic context propagation, and it replaces the header of an
 * upstream that a gateway has copied. Thread-safe.
 */
public final class TraceIdWebFilter implements WebFilter, Ordered {

	private final String headerName;

	private final int order;

	/**
	 * Creates a filter.
	 * @param headerName the response header
	 * @param order the place in the filter chain
	 */
	public TraceIdWebFilter(String headerName, int order) {
		this.headerName = headerName;
		this.order = order;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		String traceId = traceId(exchange);
		if (traceId != null) {
			exchange.getResponse().beforeCommit(() -> {
				exchange.getResponse().getHeaders().set(this.headerName, traceId);
				return Mono.empty();
			});
		}
		return chain.filter(exchange);
	}

	@Override
	public int getOrder() {
		return this.order;
	}

	private static @Nullable String traceId(ServerWebExchange exchange) {
		ServerRequestObservationContext observed = ServerRequestObservationContext.findCurrent(exchange.getAttributes())
			.orElse(null);
		TracingContext traced = (observed != null) ? observed.get(TracingContext.class) : null;
		Span span = (traced != null) ? traced.getSpan() : null;
		return (span != null) ? span.context().traceId() : null;
	}

}
