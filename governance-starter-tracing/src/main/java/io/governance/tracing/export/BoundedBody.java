// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.export;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

/**
 * The body of an answer, up to a size: what a backend says beyond it is read and
 * forgotten.
 */
final class BoundedBody implements BodySubscriber<byte[]> {

	private static final int MOST = 1 << 14;

	private final ByteArrayOutputStream kept = new ByteArrayOutputStream();

	private final CompletableFuture<byte[]> body = new CompletableFuture<>();

	@Override
	public CompletionStage<byte[]> getBody() {
		return this.body;
	}

	@Override
	public void onSubscribe(Flow.Subscription subscription) {
		subscription.request(Long.MAX_VALUE);
	}

	@Override
	public void onNext(List<ByteBuffer> parts) {
		parts.forEach(this::keep);
	}

	void keep(ByteBuffer part) {
		byte[] some = new byte[Math.min(part.remaining(), MOST - this.kept.size())];
		part.get(some);
		part.position(part.limit());
		this.kept.writeBytes(some);
	}

	byte[] bytes() {
		return this.kept.toByteArray();
	}

	@Override
	public void onError(Throwable cause) {
		this.body.completeExceptionally(cause);
	}

	@Override
	public void onComplete() {
		this.body.complete(bytes());
	}

}
