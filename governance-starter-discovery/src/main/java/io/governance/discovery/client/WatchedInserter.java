// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.client;

import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.client.reactive.ClientHttpRequest;
import org.springframework.http.client.reactive.ClientHttpRequestDecorator;
import org.springframework.web.reactive.function.BodyInserter;

/**
 * A body that knows, when its writing fails, whether the source failed or the connection.
 */
final class WatchedInserter implements BodyInserter<Object, ClientHttpRequest> {

	private final BodyInserter<?, ? super ClientHttpRequest> source;

	private volatile boolean sourceFailed;

	WatchedInserter(BodyInserter<?, ? super ClientHttpRequest> source) {
		this.source = source;
	}

	boolean hasSourceFailed() {
		return this.sourceFailed;
	}

	@Override
	public Mono<Void> insert(ClientHttpRequest request, Context context) {
		Watching watching = new Watching(request);
		return this.source.insert(watching, context).doOnError((error) -> {
			if (!watching.began) {
				this.sourceFailed = true;
			}
		});
	}

	/**
	 * Looks at what the source gives before it is written.
	 */
	private final class Watching extends ClientHttpRequestDecorator {

		private volatile boolean began;

		Watching(ClientHttpRequest request) {
			super(request);
		}

		@Override
		public Mono<Void> writeWith(Publisher<? extends DataBuffer> body) {
			return super.writeWith(watched(body));
		}

		@Override
		public Mono<Void> writeAndFlushWith(Publisher<? extends Publisher<? extends DataBuffer>> body) {
			return super.writeAndFlushWith(watched(body).map(this::watched));
		}

		@Override
		public Mono<Void> setComplete() {
			this.began = true;
			return super.setComplete();
		}

		private <T> Flux<? extends T> watched(Publisher<? extends T> body) {
			this.began = true;
			return Flux.from(body).doOnError((error) -> WatchedInserter.this.sourceFailed = true);
		}

	}

}
