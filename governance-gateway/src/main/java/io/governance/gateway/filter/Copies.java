// SPDX-License-Identifier: Apache-2.0

package io.governance.gateway.filter;

import java.util.List;

import io.governance.answer.AnswerCopy;
import org.reactivestreams.Publisher;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;

/**
 * Copies of a response's body, made as it is written.
 */
final class Copies {

	private Copies() {
	}

	/**
	 * Takes those who want a copy off the exchange.
	 */
	@SuppressWarnings("unchecked")
	static List<AnswerCopy> of(ServerWebExchange exchange) {
		Object copies = exchange.getAttributes().remove(AnswerFilter.COPIES);
		return (copies != null) ? (List<AnswerCopy>) copies : List.of();
	}

	static Publisher<? extends DataBuffer> of(ServerWebExchange exchange, Publisher<? extends DataBuffer> body) {
		List<AnswerCopy> copies = of(exchange);
		return copies.isEmpty() ? body : ended(Flux.from(body).doOnNext((buffer) -> write(buffer, copies)), copies);
	}

	static Publisher<? extends Publisher<? extends DataBuffer>> ofParts(ServerWebExchange exchange,
			Publisher<? extends Publisher<? extends DataBuffer>> body) {
		List<AnswerCopy> copies = of(exchange);
		return copies.isEmpty() ? body : ended(
				Flux.from(body).map((part) -> Flux.from(part).doOnNext((buffer) -> write(buffer, copies))), copies);
	}

	private static <T> Flux<T> ended(Flux<T> body, List<AnswerCopy> copies) {
		return body.doOnComplete(() -> copies.forEach(AnswerCopy::complete))
			.doOnError((error) -> copies.forEach(AnswerCopy::abandon))
			.doOnCancel(() -> copies.forEach(AnswerCopy::cancel));
	}

	private static void write(DataBuffer buffer, List<AnswerCopy> copies) {
		try (DataBuffer.ByteBufferIterator some = buffer.readableByteBuffers()) {
			some.forEachRemaining((bytes) -> copies.forEach((copy) -> copy.write(bytes)));
		}
	}

}
