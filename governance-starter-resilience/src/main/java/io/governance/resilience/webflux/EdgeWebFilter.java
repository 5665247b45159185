// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.webflux;

import io.governance.context.CallContext;
import io.governance.context.GovernanceHeaders;
import io.governance.context.RequestAttributes;
import io.governance.policy.Decision;
import io.governance.policy.Outcome;
import io.governance.policy.Rejection;
import io.governance.policy.Segment;
import io.governance.resilience.inbound.EscapedRejection;
import io.governance.resilience.inbound.InboundCalls;
import io.governance.resilience.inbound.InboundRun;
import io.governance.peer.ReactivePeer;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.ErrorResponse;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import org.springframework.web.util.DisconnectedClientHelper;
import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;

/**
 * The outer filter, before security: begins the run of a call, puts its context into the
 * Reactor context, asks the rules of {@link Segment#EDGE}, and ends the run on
 * completion, error and cancellation. Thread-safe.
 */
public final class EdgeWebFilter implements WebFilter, Ordered {

	private final InboundCalls calls;

	private final ReactiveGate gate;

	private final ReactiveDeadlines deadlines;

	private final int order;

	/**
	 * Creates the filter.
	 * @param calls the steps of an inbound call
	 * @param cors puts CORS headers on rejections
	 * @param order its place among the filters
	 */
	public EdgeWebFilter(InboundCalls calls, ReactiveRejectionCors cors, int order) {
		this.calls = calls;
		this.gate = new ReactiveGate(calls, cors);
		this.deadlines = new ReactiveDeadlines(calls);
		this.order = order;
	}

	@Override
	public int getOrder() {
		return this.order;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		return isIgnored(exchange) ? chain.filter(exchange)
				: Mono.deferContextual((view) -> run(exchange, chain, view));
	}

	/**
	 * A management server of its own has the filters of the application too.
	 */
	private boolean isIgnored(ServerWebExchange exchange) {
		String path = exchange.getRequest().getPath().pathWithinApplication().value();
		return this.calls.settings().ignored().contains(path)
				|| WebServerApplicationContext.hasServerNamespace(exchange.getApplicationContext(), "management");
	}

	private Mono<Void> run(ServerWebExchange exchange, WebFilterChain chain, ContextView view) {
		ServerHttpRequest request = exchange.getRequest();
		InboundRun run = this.calls.begin(request.getHeaders()::getFirst,
				ReactivePeer.isTrusted(request, this.calls.settings().trusted()),
				(context) -> new ExchangeCall(request, context, this.calls.settings(), view, null));
		exchange.getAttributes().put(InboundRun.ATTRIBUTE, run);
		exchange.getAttributes().put(RequestAttributes.CONTEXT, run.context());
		exchange.getResponse().beforeCommit(() -> Mono.fromRunnable(() -> tellOfRetries(run, exchange)));
		return Mono.defer(() -> enter(run, exchange, chain))
			.doOnSuccess((nothing) -> run.respond(status(exchange)))
			.doOnError((error) -> fail(run, exchange, error))
			.doOnCancel(() -> run.fail(Outcome.Kind.CANCELLED, null))
			.contextWrite((context) -> context.put(CallContext.KEY, run.context()));
	}

	private Mono<Void> enter(InboundRun run, ServerWebExchange exchange, WebFilterChain chain) {
		Decision decision = this.calls.decide(Segment.EDGE, run, run.call());
		return this.gate.pass(decision, run, exchange,
				(admitted) -> this.deadlines.keep(run, exchange, chain.filter(admitted)));
	}

	private static void tellOfRetries(InboundRun run, ServerWebExchange exchange) {
		if (run.isRetried(status(exchange))) {
			exchange.getResponse().getHeaders().set(GovernanceHeaders.RETRIED, "true");
		}
	}

	private static int status(ServerWebExchange exchange) {
		HttpStatusCode status = exchange.getResponse().getStatusCode();
		return (status != null) ? status.value() : 200;
	}

	/**
	 * The error will be answered outside of the filters, so what it is answered with is
	 * told from the error.
	 */
	private static void fail(InboundRun run, ServerWebExchange exchange, Throwable error) {
		ServerHttpResponse response = exchange.getResponse();
		Rejection rejection = EscapedRejection.of(error);
		if (DisconnectedClientHelper.isClientDisconnectedException(error)) {
			run.fail(Outcome.Kind.CANCELLED, error);
		}
		else if (!response.isCommitted() && error instanceof ErrorResponse answer) {
			run.respond(answer.getStatusCode().value());
		}
		else if (!response.isCommitted() && rejection != null) {
			run.respond(rejection.reason().status());
		}
		else {
			run.fail(Outcome.Kind.ERROR, error);
		}
	}

}
