// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.webflux;

import java.nio.file.Path;

import io.governance.resilience.inbound.InboundRun;
import org.reactivestreams.Publisher;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ResponseCookie;
import org.springframework.http.ZeroCopyHttpOutputMessage;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A response whose body tells the run when it is not wanted any more: when a client goes
 * away Reactor Netty cancels the body, but completes the call as if all was written.
 */
class WatchedResponse extends ServerHttpResponseDecorator {

	private final InboundRun run;

	WatchedResponse(ServerHttpResponse delegate, InboundRun run) {
		super(delegate);
		this.run = run;
	}

	final boolean handlerAnswers() {
		return this.run.handlerAnswers();
	}

	static ServerWebExchange of(ServerWebExchange exchange, InboundRun run) {
		ServerHttpResponse response = exchange.getResponse();
		ServerHttpResponse watched = (response instanceof ZeroCopyHttpOutputMessage zeroCopy)
				? new ZeroCopy(response, zeroCopy, run) : new WatchedResponse(response, run);
		return exchange.mutate().response(watched).build();
	}

	/**
	 * What a handler still does to the head when the deadline answers for it is in vain:
	 * it may be at work on another thread, and tidy up there.
	 */
	@Override
	public HttpHeaders getHeaders() {
		return this.run.isTimedOut() ? new HttpHeaders() : super.getHeaders();
	}

	@Override
	public boolean setStatusCode(@Nullable HttpStatusCode status) {
		return !this.run.isTimedOut() && super.setStatusCode(status);
	}

	@Override
	public boolean setRawStatusCode(@Nullable Integer status) {
		return !this.run.isTimedOut() && super.setRawStatusCode(status);
	}

	@Override
	public void addCookie(ResponseCookie cookie) {
		if (!this.run.isTimedOut()) {
			super.addCookie(cookie);
		}
	}

	@Override
	public Mono<Void> writeWith(Publisher<? extends DataBuffer> body) {
		return super.writeWith(watch(body));
	}

	@Override
	public Mono<Void> writeAndFlushWith(Publisher<? extends Publisher<? extends DataBuffer>> body) {
		return super.writeAndFlushWith(watch(body));
	}

	@Override
	public Mono<Void> setComplete() {
		return Mono.defer(() -> this.run.handlerAnswers() ? super.setComplete() : Mono.never());
	}

	private <T> Publisher<T> watch(Publisher<T> body) {
		// a single buffer is written in one go only if it stays recognizable as one
		return (body instanceof Mono<T> mono) ? begin(mono).doOnCancel(this.run::abandon)
				: begin(Flux.from(body)).doOnCancel(this.run::abandon);
	}

	/**
	 * The answer begins with its first part, and not at all if the time was up before.
	 */
	private <T> Mono<T> begin(Mono<T> body) {
		return body.flatMap((part) -> this.run.handlerAnswers() ? Mono.just(part) : drop(part))
			.switchIfEmpty(Mono.defer(() -> this.run.handlerAnswers() ? Mono.empty() : Mono.never()));
	}

	private <T> Flux<T> begin(Flux<T> body) {
		return body.switchOnFirst((first, parts) -> {
			boolean goesOn = first.isOnError() || this.run.handlerAnswers();
			return goesOn ? parts : drop(first.get());
		});
	}

	private static <T> Mono<T> drop(@Nullable T part) {
		if (part instanceof DataBuffer buffer) {
			DataBufferUtils.release(buffer);
		}
		return Mono.never();
	}

	/**
	 * Keeps the way of files past the memory open.
	 */
	private static final class ZeroCopy extends WatchedResponse implements ZeroCopyHttpOutputMessage {

		private final ZeroCopyHttpOutputMessage zeroCopy;

		ZeroCopy(ServerHttpResponse delegate, ZeroCopyHttpOutputMessage zeroCopy, InboundRun run) {
			super(delegate, run);
			this.zeroCopy = zeroCopy;
		}

		@Override
		public Mono<Void> writeWith(Path file, long position, long count) {
			return Mono.defer(() -> handlerAnswers() ? this.zeroCopy.writeWith(file, position, count) : Mono.never());
		}

	}

}
