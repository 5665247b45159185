// SPDX-License-Identifier: Apache-2.0

package io.governance.gateway.filter;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import reactor.core.publisher.Flux;

/**
 * The body of a request that may be sent more than once: streams through, keeping a copy
 * as long as that stays below a bound and a further attempt could need it.
 */
final class ReplayBody {

	private final ServerHttpRequest original;

	private final ByteArrayOutputStream copy = new ByteArrayOutputStream();

	private volatile State state = State.UNREAD;

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
		if (this.state == State.KEPT) {
			byte[] bytes = this.copy.toByteArray();
			return (bytes.length == 0) ? Flux.empty() : Flux.just(DefaultDataBufferFactory.sharedInstance.wrap(bytes));
		}
		this.state = State.READING;
		return this.original.getBody()
			.doOnNext((buffer) -> keep(buffer, keepBytes))
			.doOnComplete(() -> this.state = (this.state == State.READING) ? State.KEPT : this.state);
	}

	private void keep(DataBuffer buffer, long keepBytes) {
		if (this.state != State.READING) {
			return;
		}
		if (this.copy.size() + buffer.readableByteCount() > keepBytes) {
			this.state = State.LOST;
			this.copy.reset();
			return;
		}
		byte[] bytes = new byte[buffer.readableByteCount()];
		buffer.toByteBuffer(ByteBuffer.wrap(bytes));
		this.copy.writeBytes(bytes);
	}

	boolean isRepeatable() {
		return this.state == State.UNREAD || this.state == State.KEPT;
	}

	private enum State {

		/** Nobody has asked for it. */
		UNREAD,

		/** On its way, copied so far. */
		READING,

		/** All of it is kept. */
		KEPT,

		/** Too large to keep. */
		LOST

	}

}
