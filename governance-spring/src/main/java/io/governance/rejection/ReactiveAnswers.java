// SPDX-License-Identifier: Apache-2.0

package io.governance.rejection;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * Writes answers to rejected calls into the responses of a reactive server. Stateless.
 */
public final class ReactiveAnswers {

	/** A body up to this size, in bytes, is read before its call is refused. */
	private static final int SHORT_BODY = 64 * 1024;

	private ReactiveAnswers() {
	}

	/**
	 * Writes an answer to a call whose body nobody has read. A body of up to 64 KiB is
	 * read first: a server that ends the connection while the caller still sends resets
	 * it, and the caller may never see the answer.
	 * @param exchange the call, its response not committed yet
	 * @param answer the answer
	 * @return when it is written
	 */
	public static Mono<Void> refuse(ServerWebExchange exchange, RejectionAnswer answer) {
		return discarded(exchange.getRequest()).then(Mono.defer(() -> write(exchange, answer)));
	}

	private static Mono<Void> discarded(ServerHttpRequest request) {
		HttpHeaders headers = request.getHeaders();
		long length = headers.getContentLength();
		boolean isShort = (length > 0) ? length <= SHORT_BODY : headers.containsHeader(HttpHeaders.TRANSFER_ENCODING);
		// a caller that awaits the word to go on sends nothing after an answer
		if (!isShort || headers.containsHeader(HttpHeaders.EXPECT)) {
			return Mono.empty();
		}
		return DataBufferUtils.takeUntilByteCount(request.getBody(), SHORT_BODY)
			.doOnNext(DataBufferUtils::release)
			.then()
			.onErrorComplete();
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
