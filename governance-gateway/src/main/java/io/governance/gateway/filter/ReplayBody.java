// SPDX-License-Identifier: Apache-2.0

package io.governance.gateway.filter;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.CancellationException;

import io.governance.policy.CallRejectedException;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import reactor.core.publisher.Flux;

/**
 * The body of a request that may be sent more than once: streams through, keeping a copy
 * as long as that stays below a bound and a further attempt could need it. Used by one
 * attempt at a time.
 */
final class ReplayBody {

	private static final byte[] NOTHING = {};

	private final ServerHttpRequest original;

	private volatile State state = State.UNREAD;

	private volatile byte[] copy = NOTHING;

	ReplayBody(ServerHttpRequest original) {
		this.original = original;
	}

	ServerHttpRequest around(ServerHttpRequest request, long keepBytes) {
		return new ServerHttpRequestDecorator(request) {

			@Override
			public Flux<DataBuffer> getBody() {
				return Flux.defer(() -> body(keepBytes));
			}

		};
	}

	private Flux<DataBuffer> body(long keepBytes) {
		return switch (this.state) {
			case UNREAD -> read(keepBytes);
			case KEPT -> replay();
			case SENT, FORGOTTEN ->
				Flux.error(() -> new IllegalStateException("the request body cannot be sent again"));
		};
	}

	private Flux<DataBuffer> read(long keepBytes) {
		this.state = State.SENT;
		Copy kept = new Copy(keepBytes);
		long length = this.original.getHeaders().getContentLength();
		return this.original.getBody()
			// not the fault of the service that was to get the body
			.onErrorMap((error) -> !(error instanceof CallRejectedException), BrokenOffException::new)
			.doOnNext((buffer) -> {
				kept.add(buffer);
				// the service may answer before the end is seen here
				if (kept.size() == length) {
					keep(kept);
				}
			})
			.doOnComplete(() -> keep(kept));
	}

	private void keep(Copy kept) {
		if (this.state == State.SENT && kept.isWhole()) {
			this.copy = kept.bytes.toByteArray();
			this.state = State.KEPT;
		}
	}

	private Flux<DataBuffer> replay() {
		byte[] bytes = this.copy;
		return (bytes.length > 0) ? Flux.just(DefaultDataBufferFactory.sharedInstance.wrap(bytes)) : Flux.empty();
	}

	boolean isRepeatable() {
		State now = this.state;
		return now == State.UNREAD || now == State.KEPT;
	}

	/**
	 * Gives the copy up; the response may take long.
	 */
	void forget() {
		this.state = State.FORGOTTEN;
		this.copy = NOTHING;
	}

	/**
	 * The client did not send the whole body.
	 */
	static final class BrokenOffException extends CancellationException {

		private static final long serialVersionUID = 1L;

		BrokenOffException(Throwable cause) {
			super("the client did not send the whole body");
			initCause(cause);
		}

	}

	private enum State {

		/** Nobody has asked for it. */
		UNREAD,

		/** All of it was sent, and there is a copy. */
		KEPT,

		/** Sent in part, or without a copy. */
		SENT,

		/** Given up. */
		FORGOTTEN

	}

	/**
	 * Copies what passes, and gives up when it becomes too much.
	 */
	private static final class Copy {

		private final long limit;

		private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

		private boolean whole = true;

		Copy(long limit) {
			this.limit = limit;
		}

		void add(DataBuffer buffer) {
			int length = buffer.readableByteCount();
			if (!this.whole || this.bytes.size() + (long) length > this.limit) {
				this.whole = false;
				this.bytes.reset();
				return;
			}
			byte[] part = new byte[length];
			buffer.toByteBuffer(buffer.readPosition(), ByteBuffer.wrap(part), 0, length);
			this.bytes.writeBytes(part);
		}

		int size() {
			return this.bytes.size();
		}

		boolean isWhole() {
			return this.whole;
		}

	}

}
