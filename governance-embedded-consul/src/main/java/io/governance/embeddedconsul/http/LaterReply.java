// SPDX-License-Identifier: Apache-2.0

package io.governance.embeddedconsul.http;

import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * Turns a waiting state into a waiting reply. Cancelling the reply ends the wait: plain
 * {@code thenApply} would leave the waiter behind.
 */
final class LaterReply {

	private LaterReply() {
	}

	static <S> CompletableFuture<Reply> of(CompletableFuture<S> awaited, Function<S, Reply> content) {
		CompletableFuture<Reply> reply = awaited.thenApply(content);
		reply.whenComplete((answer, failure) -> {
			if (reply.isCancelled()) {
				awaited.cancel(false);
			}
		});
		return reply;
	}

}
