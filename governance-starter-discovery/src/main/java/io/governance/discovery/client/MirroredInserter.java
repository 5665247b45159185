// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.client;

import io.governance.discovery.mirror.Mirroring;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.client.reactive.ClientHttpRequest;
import org.springframework.http.client.reactive.ClientHttpRequestDecorator;
import org.springframework.web.reactive.function.BodyInserter;

/**
 * A request body that is shown to the copies of its call while it is written.
 */
final class MirroredInserter implements BodyInserter<Object, ClientHttpRequest> {

	private final BodyInserter<?, ? super ClientHttpRequest> source;

	private final Mirroring copies;

	MirroredInserter(BodyInserter<?, ? super ClientHttpRequest> source, Mirroring copies) {
		this.source = source;
		this.copies = copies;
	}

	@Override
	public Mono<Void> insert(ClientHttpRequest request, Context context) {
		return this.source.insert(new Shown(request), context);
	}

	private final class Shown extends ClientHttpRequestDecorator {

		Shown(ClientHttpRequest request) {
			super(request);
		}

		@Override
		public Mono<Void> writeWith(Publisher<? extends DataBuffer> body) {
			return super.writeWith(shown(body).doOnComplete(this::whole));
		}

		@Override
		public Mono<Void> writeAndFlushWith(Publisher<? extends Publisher<? extends DataBuffer>> body) {
			return super.writeAndFlushWith(Flux.from(body).map(this::shown).doOnComplete(this::whole));
		}

		@Override
		public Mono<Void> setComplete() {
			return super.setComplete().doOnSubscribe((subscription) -> whole());
		}

		private Flux<? extends DataBuffer> shown(Publisher<? extends DataBuffer> body) {
			return Flux.from(body).doOnNext((buffer) -> MirroredBuffers.show(buffer, MirroredInserter.this.copies));
		}

		private void whole() {
			MirroredInserter.this.copies.describe(getHeaders());
			MirroredInserter.this.copies.complete();
		}

	}

}
