// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.client;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpCookie;
import org.springframework.http.HttpHeaders;
import org.springframework.http.client.reactive.ClientHttpRequest;
import org.springframework.http.client.reactive.ClientHttpRequestDecorator;
import org.springframework.util.MultiValueMap;
import org.springframework.web.reactive.function.BodyInserter;

/**
 * A request body that is sent again from a copy, since nobody can tell whether the user's
 * own can be subscribed to twice. What streams through is copied, until it becomes too
 * large. A body that no attempt began to send is still the user's own.
 */
final class ReplayInserter implements BodyInserter<Object, ClientHttpRequest> {

	private final BodyInserter<?, ? super ClientHttpRequest> source;

	private volatile State state = State.UNTOUCHED;

	private volatile long maxBytes;

	private volatile byte @Nullable [] copy;

	private volatile boolean sourceFailed;

	private volatile HttpHeaders headers = new HttpHeaders();

	private volatile @Nullable MultiValueMap<String, HttpCookie> cookies;

	ReplayInserter(BodyInserter<?, ? super ClientHttpRequest> source) {
		this.source = source;
	}

	void keep(long bytes) {
		this.maxBytes = bytes;
	}

	boolean isRepeatable() {
		return this.state == State.UNTOUCHED || this.state == State.COPIED;
	}

	/**
	 * How large the copy is.
	 * @param unknown what is said while there is none
	 */
	long size(long unknown) {
		byte[] bytes = this.copy;
		return (bytes != null) ? bytes.length : unknown;
	}

	/**
	 * Whether the user's own body failed, and not what it was written to.
	 */
	boolean hasSourceFailed() {
		return this.sourceFailed;
	}

	/**
	 * The cookies of the request as it was sent, behind all filters.
	 * @return the cookies; {@code null} if nobody sent it by this body
	 */
	@Nullable MultiValueMap<String, HttpCookie> cookies() {
		return this.cookies;
	}

	@Override
	public Mono<Void> insert(ClientHttpRequest request, Context context) {
		this.cookies = request.getCookies();
		byte[] bytes = this.copy;
		if (this.state == State.COPIED && bytes != null) {
			this.headers.forEach((name, values) -> request.getHeaders().putIfAbsent(name, values));
			return (bytes.length == 0) ? request.setComplete()
					: request.writeWith(Mono.fromSupplier(() -> request.bufferFactory().wrap(bytes)));
		}
		if (this.state != State.UNTOUCHED) {
			return Mono.error(() -> new IllegalStateException("the request body cannot be sent again"));
		}
		this.state = State.USED;
		Copying copying = new Copying(request);
		return this.source.insert(copying, context).doOnError((error) -> {
			if (!copying.began) {
				this.sourceFailed = true;
			}
		});
	}

	private void copied(HttpHeaders sent, byte[] bytes) {
		this.headers = HttpHeaders.copyOf(sent);
		this.copy = bytes;
		this.state = State.COPIED;
	}

	private enum State {

		/** Nothing was sent. */
		UNTOUCHED,

		/** All was sent; there is a copy of it. */
		COPIED,

		/** Sent in part, or too large to copy. */
		USED

	}

	/**
	 * Copies what passes, and gives the copy up when it is too large.
	 */
	private final class Copying extends ClientHttpRequestDecorator {

		private @Nullable ByteArrayOutputStream kept = new ByteArrayOutputStream();

		private volatile boolean began;

		Copying(ClientHttpRequest request) {
			super(request);
		}

		@Override
		public Mono<Void> writeWith(Publisher<? extends DataBuffer> body) {
			return super.writeWith(copying(body).doOnComplete(this::done));
		}

		@Override
		public Mono<Void> writeAndFlushWith(Publisher<? extends Publisher<? extends DataBuffer>> body) {
			return super.writeAndFlushWith(watched(body).map(this::copying).doOnComplete(this::done));
		}

		@Override
		public Mono<Void> setComplete() {
			this.began = true;
			return super.setComplete().doOnSubscribe((subscription) -> done());
		}

		private Flux<? extends DataBuffer> copying(Publisher<? extends DataBuffer> body) {
			return watched(body).doOnNext(this::keep);
		}

		private <T> Flux<? extends T> watched(Publisher<? extends T> body) {
			this.began = true;
			return Flux.from(body).doOnError((error) -> ReplayInserter.this.sourceFailed = true);
		}

		private void keep(DataBuffer buffer) {
			ByteArrayOutputStream out = this.kept;
			int length = buffer.readableByteCount();
			if (out == null || out.size() + (long) length > ReplayInserter.this.maxBytes) {
				this.kept = null;
				return;
			}
			byte[] bytes = new byte[length];
			buffer.toByteBuffer(buffer.readPosition(), ByteBuffer.wrap(bytes), 0, length);
			out.writeBytes(bytes);
		}

		private void done() {
			ByteArrayOutputStream out = this.kept;
			if (out != null) {
				copied(getHeaders(), out.toByteArray());
			}
		}

	}

}
