// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.accesslog;

import java.nio.file.Path;

import org.reactivestreams.Publisher;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.ZeroCopyHttpOutputMessage;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Counts the bytes of a body on their way, and notes a client that went away: the server
 * then cancels the body, but may complete the exchange as if all was written.
 */
class CountedResponse extends ServerHttpResponseDecorator {

	private final ExchangeTrail trail;

	CountedResponse(ServerHttpResponse delegate, ExchangeTrail trail) {
		super(delegate);
		this.trail = trail;
	}

	static ServerHttpResponse of(ServerHttpResponse response, ExchangeTrail trail) {
		return (response instanceof ZeroCopyHttpOutputMessage zeroCopy) ? new ZeroCopy(response, zeroCopy, trail)
				: new CountedResponse(response, trail);
	}

	@Override
	public Mono<Void> writeWith(Publisher<? extends DataBuffer> body) {
		return super.writeWith(count(body));
	}

	@Override
	public Mono<Void> writeAndFlushWith(Publisher<? extends Publisher<? extends DataBuffer>> body) {
		Flux<? extends Publisher<? extends DataBuffer>> parts = Flux.from(body).map(this::count);
		return super.writeAndFlushWith(parts.doOnCancel(this.trail::clientGone));
	}

	private Publisher<? extends DataBuffer> count(Publisher<? extends DataBuffer> body) {
		// a single buffer is written in one go only if it stays recognizable as one
		if (body instanceof Mono<? extends DataBuffer> mono) {
			return mono.doOnNext(this::add).doOnCancel(this.trail::clientGone);
		}
		return Flux.from(body).doOnNext(this::add).doOnCancel(this.trail::clientGone);
	}

	private void add(DataBuffer buffer) {
		this.trail.sent(buffer.readableByteCount());
	}

	/**
	 * Keeps the way of files past the memory open.
	 */
	private static final class ZeroCopy extends CountedResponse implements ZeroCopyHttpOutputMessage {

		private final ZeroCopyHttpOutputMessage zeroCopy;

		private final ExchangeTrail trail;

		ZeroCopy(ServerHttpResponse delegate, ZeroCopyHttpOutputMessage zeroCopy, ExchangeTrail trail) {
			super(delegate, trail);
			this.zeroCopy = zeroCopy;
			this.trail = trail;
		}

		@Override
		public Mono<Void> writeWith(Path file, long position, long count) {
			return this.zeroCopy.writeWith(file, position, count)
				.doOnSuccess((nothing) -> this.trail.sent(count))
				.doOnCancel(this.trail::clientGone);
		}

	}

}
