// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.grpc;

import java.io.IOException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;

import io.governance.client.FailureKinds;
import io.governance.policy.Outcome;
import io.grpc.ClientCall;
import io.grpc.Context;
import io.grpc.Deadline;
import io.grpc.Metadata;
import io.grpc.Status;
import org.jspecify.annotations.Nullable;

/**
 * Collects the answer to one attempt. gRPC has statuses for what was not answered, too:
 * those are told from what a server said by what came with them.
 *
 * @param <R> the response
 */
final class GrpcAttempt<R> extends ClientCall.Listener<R> {

	private final CompletableFuture<GrpcReply<R>> reply;

	private final Context context = Context.current();

	private final @Nullable Deadline deadline;

	private @Nullable Metadata headers;

	private @Nullable R message;

	/**
	 * Creates it.
	 * @param reply takes the answer
	 * @param deadline until when gRPC waits; {@code null} for as long as it takes
	 */
	GrpcAttempt(CompletableFuture<GrpcReply<R>> reply, @Nullable Deadline deadline) {
		this.reply = reply;
		this.deadline = deadline;
	}

	@Override
	public void onHeaders(Metadata given) {
		this.headers = given;
	}

	@Override
	public void onMessage(R given) {
		this.message = given;
	}

	@Override
	public void onClose(Status status, Metadata trailers) {
		Throwable failure = failure(status, trailers);
		if (failure != null) {
			this.reply.completeExceptionally(status.withCause(failure).asRuntimeException(trailers));
		}
		else {
			this.reply.complete(new GrpcReply<>(status, this.headers, this.message, trailers));
		}
	}

	/**
	 * Why there was no answer.
	 * @return the cause; {@code null} where a server answered
	 */
	private @Nullable Throwable failure(Status status, Metadata trailers) {
		Throwable cause = status.getCause();
		return switch (status.getCode()) {
			case DEADLINE_EXCEEDED -> (this.deadline != null && this.deadline.isExpired())
					? new TimeoutException(status.getDescription()) : null;
			case CANCELLED -> this.context.isCancelled() ? new CancellationException(status.getDescription()) : null;
			case UNAVAILABLE, UNKNOWN, INTERNAL -> {
				// a server's answer has a content type at least
				boolean answered = this.headers != null || !trailers.keys().isEmpty();
				if (cause != null && FailureKinds.of(cause) != Outcome.Kind.ERROR) {
					yield cause;
				}
				yield (answered || status.getCode() != Status.Code.UNAVAILABLE) ? null
						: new IOException(status.getDescription(), cause);
			}
			default -> null;
		};
	}

}
