// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.grpc;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.governance.context.GovernanceHeaders;
import io.governance.resilience.execution.Answers;
import io.governance.resilience.execution.AsyncExchange;
import io.governance.resilience.execution.Attempt;
import io.governance.resilience.execution.ResponseHead;
import io.grpc.CallOptions;
import io.grpc.Deadline;
import io.grpc.Metadata;
import io.grpc.Status;
import org.jspecify.annotations.Nullable;

/**
 * What the calls of all kinds of methods have in common.
 *
 * @param <R> the response
 */
abstract class GrpcExchange<R> implements AsyncExchange<GrpcReply<R>> {

	private final GrpcThread thread;

	GrpcExchange(GrpcThread thread) {
		this.thread = thread;
	}

	@Override
	public final void resume(Runnable step) {
		this.thread.run(step);
	}

	@Override
	public final GrpcReply<R> answer(int status, String rule) {
		Metadata trailers = new Metadata();
		MetadataHeaders.set(trailers, GovernanceHeaders.FAULT, rule);
		return new GrpcReply<>(GrpcStatuses.of(status).withDescription("fault: " + rule), null, null, trailers);
	}

	@Override
	public final Throwable failure(IOException error) {
		return Status.UNAVAILABLE.withDescription(error.getMessage()).withCause(error).asRuntimeException();
	}

	@Override
	public final ResponseHead head(GrpcReply<R> reply) {
		return ResponseHead.of(GrpcStatuses.http(reply.status().getCode()),
				(name) -> MetadataHeaders.first(reply.trailers(), name));
	}

	@Override
	public abstract CompletableFuture<GrpcReply<R>> send(Attempt attempt);

	@Override
	public @Nullable Answers<GrpcReply<R>> answers() {
		return null;
	}

	/**
	 * The headers of an attempt: its own in place of the user's, who may choose the
	 * priority.
	 */
	static Metadata headers(Metadata given, Attempt attempt) {
		Metadata headers = new Metadata();
		headers.merge(given);
		attempt.headers().forEach((name, value) -> {
			if (!GovernanceHeaders.PRIORITY.equals(name) || MetadataHeaders.first(headers, name) == null) {
				MetadataHeaders.set(headers, name, value);
			}
		});
		return headers;
	}

	/**
	 * The options of an attempt.
	 */
	static CallOptions options(CallOptions given, Attempt attempt) {
		return given.withOption(GovernedClientInterceptor.ATTEMPTS, attempt.tried());
	}

	/**
	 * The options of an attempt that may take no longer than it says.
	 */
	static CallOptions timed(CallOptions given, Attempt attempt) {
		CallOptions options = options(given, attempt);
		Duration timeout = attempt.timeout();
		if (timeout == null) {
			return options;
		}
		Deadline allowed = Deadline.after(timeout.toNanos(), TimeUnit.NANOSECONDS);
		Deadline own = options.getDeadline();
		return options.withDeadline((own != null) ? own.minimum(allowed) : allowed);
	}

}
