// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.webflux;

import io.governance.context.RequestAttributes;
import io.governance.policy.Rejection;
import io.governance.rejection.ReactiveAnswers;
import io.governance.rejection.RejectionAnswer;
import io.governance.rejection.TraceId;
import io.governance.resilience.execution.ThreadLocals;
import org.jspecify.annotations.Nullable;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;

/**
 * Writes rejections into the responses of a reactive server. Thread-safe.
 */
final class ReactiveRejections {

	private final ReactiveRejectionCors cors;

	ReactiveRejections(ReactiveRejectionCors cors) {
		this.cors = cors;
	}

	Mono<Void> reject(ServerWebExchange exchange, Rejection rejection) {
		exchange.getAttributes().put(RequestAttributes.REJECTION, rejection);
		return this.cors.answer(exchange, Mono.deferContextual(
				(view) -> ReactiveAnswers.write(exchange, RejectionAnswer.beforeWork(rejection, traceId(view)))));
	}

	/**
	 * Answers for a rejected inner call that escaped a handler.
	 */
	static Mono<Void> answer(ServerWebExchange exchange, Rejection rejection) {
		exchange.getAttributes().put(RequestAttributes.REJECTION, rejection);
		return Mono.deferContextual(
				(view) -> ReactiveAnswers.write(exchange, RejectionAnswer.afterWork(rejection, traceId(view))));
	}

	private static @Nullable String traceId(ContextView view) {
		return ThreadLocals.with(view, TraceId::current);
	}

}
