// SPDX-License-Identifier: Apache-2.0

package io.governance.gateway.filter;

import io.governance.discovery.SelectedInstance;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.cloud.gateway.filter.NettyWriteResponseFilter;
import org.springframework.core.Ordered;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Sees how the body of a response ends that an instance gives: an instance that breaks
 * its answers off has failed, though the head was good. What the client does to its own
 * connection does not count. Stands around what writes the response. Thread-safe.
 */
public final class AnswerFilter implements GlobalFilter, Ordered {

	/** Around the writing of the response. */
	public static final int ORDER = NettyWriteResponseFilter.WRITE_RESPONSE_FILTER_ORDER - 1;

	/** The exchange attribute with the instance whose body is awaited. */
	static final String AWAITED = AnswerFilter.class.getName() + ".awaited";

	@Override
	public int getOrder() {
		return ORDER;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
		return chain.filter(exchange.mutate().response(new Watched(exchange)).build());
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
			return super.writeWith((awaited != null) ? watched(body, awaited) : body);
		}

		@Override
		public Mono<Void> writeAndFlushWith(Publisher<? extends Publisher<? extends DataBuffer>> body) {
			SelectedInstance awaited = awaited();
			return super.writeAndFlushWith((awaited != null) ? watched(body, awaited) : body);
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
