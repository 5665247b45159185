// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.lifecycle;

import io.governance.context.RequestAttributes;
import io.governance.rejection.ReactiveAnswers;
import reactor.core.publisher.Mono;

import org.springframework.core.Ordered;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

/**
 * Has connections end while this instance leaves, and refuses calls that come late, in a
 * reactive server, the gateway included. Thread-safe.
 */
public final class LateCallWebFilter implements WebFilter, Ordered {

	private final LateCalls calls;

	private final int order;

	/**
	 * Creates the filter.
	 * @param calls what to do with late calls
	 * @param order its place among the filters
	 */
	public LateCallWebFilter(LateCalls calls, int order) {
		this.calls = calls;
		this.order = order;
	}

	@Override
	public int getOrder() {
		return this.order;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		if (this.calls.areNone()) {
			return chain.filter(exchange);
		}
		if (ReactiveProtocol.isHttp1(exchange.getRequest())) {
			exchange.getResponse().getHeaders().set(LateCalls.CONNECTION, LateCalls.CLOSE);
		}
		if (!this.calls.refuses(exchange.getRequest().getPath().pathWithinApplication().value())) {
			return chain.filter(exchange);
		}
		exchange.getAttributes().put(RequestAttributes.REJECTION, LateCalls.REJECTION);
		return received(exchange.getRequest())
			.then(Mono.defer(() -> ReactiveAnswers.write(exchange, this.calls.answer())));
	}

	/**
	 * Servers end the connection with the answer. A caller that still sends its body
	 * would be reset, and might not see it.
	 */
	private static Mono<Void> received(ServerHttpRequest request) {
		return DataBufferUtils.takeUntilByteCount(request.getBody(), LateCalls.LINGER_BYTES)
			.doOnNext(DataBufferUtils::release)
			.then()
			.timeout(LateCalls.LINGER)
			.onErrorComplete();
	}

}
