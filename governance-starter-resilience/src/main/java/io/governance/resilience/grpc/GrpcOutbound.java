// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.grpc;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.governance.client.CallOrigin;
import io.governance.context.CallContext;
import io.governance.execution.Deadline;
import io.governance.policy.CallRejectedException;
import io.governance.resilience.execution.AsyncCallExecutor;
import io.governance.time.TimeSource;
import io.grpc.CallOptions;
import io.grpc.Context;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import org.jspecify.annotations.Nullable;

/**
 * Makes calls to a service.
 *
 * @param executor carries them out
 * @param origin this process
 * @param service the called service
 */
record GrpcOutbound(AsyncCallExecutor executor, CallOrigin origin, String service) {

	<R> CompletableFuture<GrpcReply<R>> call(MethodDescriptor<?, R> method, CallOptions options, Metadata headers,
			GrpcExchange<R> exchange) {
		CallContext context = lower(CallContext.current(), options);
		return this.executor.execute(new GrpcClientRequest(this.origin, context, this.service, method, headers),
				context, patience(options), exchange);
	}

	private static @Nullable Duration patience(CallOptions options) {
		io.grpc.Deadline own = options.getDeadline();
		return (own != null) ? Duration.ofNanos(own.timeRemaining(TimeUnit.NANOSECONDS)) : null;
	}

	/**
	 * The caller's patience is what gRPC knows of it, too: the deadline of the stub, and
	 * that of the call which is being answered.
	 */
	private CallContext lower(CallContext context, CallOptions options) {
		Deadline own = earlier(earlier(context.deadline(), options.getDeadline()), Context.current().getDeadline());
		return (own == context.deadline()) ? context : context.attempting(own, context.attempt());
	}

	private @Nullable Deadline earlier(@Nullable Deadline one, io.grpc.@Nullable Deadline other) {
		if (other == null) {
			return one;
		}
		TimeSource time = this.executor.time();
		Deadline same = new Deadline(time.nanoTime() + other.timeRemaining(TimeUnit.NANOSECONDS));
		return (one != null) ? one.earlier(same) : same;
	}

	/**
	 * What the user gets for a call that no server answered.
	 */
	static <R> GrpcReply<R> failed(Throwable error) {
		if (error instanceof CallRejectedException rejected) {
			Status status = GrpcStatuses.of(rejected.rejection()).withDescription(rejected.getMessage());
			return new GrpcReply<>(status.withCause(rejected), null, null,
					GrpcStatuses.trailers(rejected.rejection(), true));
		}
		if (error instanceof StatusRuntimeException known) {
			Metadata trailers = known.getTrailers();
			return new GrpcReply<>(known.getStatus(), null, null, (trailers != null) ? trailers : new Metadata());
		}
		return new GrpcReply<>(Status.fromThrowable(error), null, null, new Metadata());
	}

}
