// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.webflux;

import java.time.Duration;
import java.util.Set;

import io.governance.context.RequestAttributes;
import io.governance.execution.Deadline;
import io.governance.resilience.inbound.InboundCalls;
import io.governance.resilience.inbound.InboundRun;
import io.governance.resilience.inbound.StreamTypes;
import org.springframework.http.HttpHeaders;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * Answers calls whose time is up before their handler has begun to answer, and cancels
 * the handler. Streams are left alone. Thread-safe.
 */
final class ReactiveDeadlines {

	private final InboundCalls calls;

	ReactiveDeadlines(InboundCalls calls) {
		this.calls = calls;
	}

	/**
	 * Keeps the deadline of a call.
	 * @param exchange the exchange that only the deadline answers through
	 * @param handled the handler, which answers through a {@link WatchedResponse}
	 */
	Mono<Void> keep(InboundRun run, ServerWebExchange exchange, Mono<Void> handled) {
		Deadline deadline = run.context().deadline();
		if (deadline == null) {
			return handled;
		}
		long left = Math.max(0, deadline.remainingNanos(this.calls.settings().time()));
		Mono<Long> up = Mono.delay(Duration.ofNanos(left))
			.filter((fired) -> !isAnswered(exchange) && run.deadlineAnswers())
			.switchIfEmpty(Mono.never());
		return ended(run, handled).timeout(up, Mono.defer(() -> answer(run, exchange)));
	}

	/**
	 * A handler that ends at the very moment must not end the call, too, before the
	 * deadline has answered it.
	 */
	private static Mono<Void> ended(InboundRun run, Mono<Void> handled) {
		return handled.onErrorResume((error) -> run.isTimedOut() ? Mono.never() : Mono.error(error))
			.then(Mono.defer(() -> run.isTimedOut() ? Mono.never() : Mono.empty()));
	}

	private Mono<Void> answer(InboundRun run, ServerWebExchange exchange) {
		exchange.getResponse().getHeaders().remove(HttpHeaders.CONTENT_ENCODING);
		return ReactiveRejections.answer(exchange, this.calls.late(run));
	}

	private static boolean isAnswered(ServerWebExchange exchange) {
		return exchange.getResponse().isCommitted() || exchange.getAttributes().containsKey(RequestAttributes.ANSWERED)
				|| isStream(exchange);
	}

	private static boolean isStream(ServerWebExchange exchange) {
		HttpHeaders asked = exchange.getRequest().getHeaders();
		return "websocket".equalsIgnoreCase(asked.getUpgrade())
				|| StreamTypes.isNamedIn(asked.getFirst(HttpHeaders.ACCEPT))
				|| StreamTypes.isNamedIn(exchange.getResponse().getHeaders().getFirst(HttpHeaders.CONTENT_TYPE))
				|| (exchange.getAttribute(HandlerMapping.PRODUCIBLE_MEDIA_TYPES_ATTRIBUTE) instanceof Set<?> types
						&& StreamTypes.isNamedIn(types.toString()));
	}

}
