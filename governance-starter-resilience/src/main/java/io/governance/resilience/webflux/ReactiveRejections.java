// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.webflux;

import io.governance.context.RequestAttributes;
import io.governance.policy.Rejection;
import io.governance.resilience.rejection.RejectionAnswer;
import io.governance.resilience.rejection.TraceId;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpResponse;
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
		return this.cors.answer(exchange,
				Mono.deferContextual((view) -> write(exchange, RejectionAnswer.beforeWork(rejection, traceId(view)))));
	}

	/**
	 * Answers for a rejected inner call that escaped a handler.
	 */
	static Mono<Void> answer(ServerWebExchange exchange, Rejection rejection) {
		exchange.getAttributes().put(RequestAttributes.REJECTION, rejection);
		return Mono.deferContextual((view) -> write(exchange, RejectionAnswer.afterWork(rejection, traceId(view))));
	}

	private static @Nullable String traceId(ContextView view) {
		return ThreadLocals.with(view, TraceId::current);
	}

	private static Mono<Void> write(ServerWebExchange exchange, RejectionAnswer answer) {
		ServerHttpResponse response = exchange.getResponse();
		response.setStatusCode(HttpStatusCode.valueOf(answer.status()));
		answer.headers().forEach((name, value) -> response.getHeaders().set(name, value));
		response.getHeaders().setContentLength(answer.body().length);
		if (exchange.getRequest().getMethod() == HttpMethod.HEAD) {
			return response.setComplete();
		}
		return response.writeWith(Mono.fromSupplier(() -> buffer(response, answer)));
	}

	private static DataBuffer buffer(ServerHttpResponse response, RejectionAnswer answer) {
		return response.bufferFactory().wrap(answer.body());
	}

}
