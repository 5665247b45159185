// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.webflux;

import java.security.Principal;
import java.util.Optional;

import io.governance.policy.Segment;
import io.governance.resilience.inbound.InboundCalls;
import io.governance.resilience.inbound.InboundRun;
import org.springframework.core.Ordered;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;

/**
 * The inner filter, behind security: asks the rules of {@link Segment#IDENTIFIED}, which
 * know the principal. What it admits ends with the run that {@link EdgeWebFilter} began.
 * Thread-safe.
 */
public final class IdentifiedWebFilter implements WebFilter, Ordered {

	private final InboundCalls calls;

	private final ReactiveGate gate;

	private final int order;

	/**
	 * Creates the filter.
	 * @param calls the steps of an inbound call
	 * @param cors puts CORS headers on rejections
	 * @param order its place among the filters
	 */
	public IdentifiedWebFilter(InboundCalls calls, ReactiveRejectionCors cors, int order) {
		this.calls = calls;
		this.gate = new ReactiveGate(calls, cors);
		this.order = order;
	}

	@Override
	public int getOrder() {
		return this.order;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		if (!(exchange.getAttributes().get(InboundRun.ATTRIBUTE) instanceof InboundRun run)) {
			return chain.filter(exchange);
		}
		return exchange.getPrincipal()
			.map(Principal::getName)
			.map(Optional::of)
			.defaultIfEmpty(Optional.empty())
			.flatMap((principal) -> Mono.deferContextual((view) -> {
				ExchangeCall call = call(run, exchange, view, principal);
				return this.gate.pass(this.calls.decide(Segment.IDENTIFIED, run, call), run, exchange, chain);
			}));
	}

	private ExchangeCall call(InboundRun run, ServerWebExchange exchange, ContextView view,
			Optional<String> principal) {
		return new ExchangeCall(exchange.getRequest(), run.context(), this.calls.settings(), view,
				principal.orElse(null));
	}

}
