// SPDX-License-Identifier: Apache-2.0

package io.governance.gateway.filter;

import io.governance.answer.AnswerCopy;
import io.governance.discovery.SelectedInstance;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.cloud.gateway.filter.NettyWriteResponseFilter;
import org.springframework.core.Ordered;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Sees how the body of a response ends that an instance gives: an instance that breaks
 * its answers off has failed, though the head was good. What the client does to its own
 * connection does not count. Copies the body where somebody wants that, and writes what
 * is answered in place of an instance. Stands around what writes the response.
 * Thread-safe.
 */
public final class AnswerFilter implements GlobalFilter, Ordered {

	/** Around the writing of the response. */
	public static final int ORDER = NettyWriteResponseFilter.WRITE_RESPONSE_FILTER_ORDER - 1;

	/** The exchange attribute with the instance whose body is awaited. */
	static final String AWAITED = AnswerFilter.class.getName() + ".awaited";

	/** The exchange attribute with the body that is written in place of an instance's. */
	static final String INSTEAD = AnswerFilter.class.getName() + ".instead";

	/** The exchange attribute with those who want a copy of the body. */
	static final String COPIES = AnswerFilter.class.getName() + ".copies";

	@Override
	public int getOrder() {
		return ORDER;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
		ServerHttpResponse response = new Watched(exchange);
		return chain.filter(exchange.mutate().response(response).build())
			.then(Mono.defer(() -> instead(exchange, response)))
			.doFinally((signal) -> Copies.of(exchange).forEach(AnswerCopy::abandon));
	}

	private static Mono<Void> instead(ServerWebExchange exchange, ServerHttpResponse response) {
		byte[] body = (byte[]) exchange.getAttributes().remove(INSTEAD);
		return (body == null) ? Mono.empty()
				: response.writeWith(Mono.fromSupplier(() -> response.bufferFactory().wrap(body)));
	}

	private static final class Watched extends ServerHttpResponseDecorator {

		private final ServerWebExchange exchange;

		Watched(ServerWebExchange exchange) {
			super(exchange.getResponse());
			this.exchange = exchange;
		}

		@Override
		public Mono<Void> writeWith(Publisher<? extends DataBuffer> body) {
			SelectedInstance awaited = awaited();
			Publisher<? extends DataBuffer> copied = Copies.of(this.exchange, body);
			return super.writeWith((awaited != null) ? watched(copied, awaited) : copied);
		}

		@Override
		public Mono<Void> writeAndFlushWith(Publisher<? extends Publisher<? extends DataBuffer>> body) {
			SelectedInstance awaited = awaited();
			Publisher<? extends Publisher<? extends DataBuffer>> copied = Copies.ofParts(this.exchange, body);
			return super.writeAndFlushWith((awaited != null) ? watched(copied, awaited) : copied);
		}

		private @Nullable SelectedInstance awaited() {
			return (SelectedInstance) this.exchange.getAttributes().remove(AWAITED);
		}

		private static <T> Flux<? extends T> watched(Publisher<? extends T> body, SelectedInstance awaited) {
			return Flux.from(body)
				.doOnComplete(awaited::completed)
				.doOnError((error) -> awaited.failed(error, false))
				.doOnCancel(awaited::completed);
		}

	}

}
