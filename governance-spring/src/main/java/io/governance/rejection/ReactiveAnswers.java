// SPDX-License-Identifier: Apache-2.0

package io.governance.rejection;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * Writes answers to rejected calls into the responses of a reactive server. Stateless.
 */
public final class ReactiveAnswers {

	private ReactiveAnswers() {
	}

	/**
	 * Writes an answer; one to {@code HEAD} without its body.
	 * @param exchange the call, its response not committed yet
	 * @param answer the answer
	 * @return when it is written
	 */
	public static Mono<Void> write(ServerWebExchange exchange, RejectionAnswer answer) {
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
