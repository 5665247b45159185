// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.grpc;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

import io.governance.context.GovernanceHeaders;
import io.governance.resilience.execution.Attempt;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ForwardingClientCallListener.SimpleForwardingClientCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import org.jspecify.annotations.Nullable;

/**
 * A call of a stream in either direction: admitted when it starts, held until it ends,
 * never repeated, and not ended by the time of a rule. What the user does before it is
 * admitted is done then.
 *
 * @param <Q> the request
 * @param <R> the response
 */
final class StreamCall<Q, R> extends ClientCall<Q, R> {

	private final GrpcOutbound outbound;

	private final MethodDescriptor<Q, R> method;

	private final CallOptions options;

	private final Channel channel;

	private final GrpcThread thread = new GrpcThread();

	private final Queue<Consumer<ClientCall<Q, R>>> waiting = new ArrayDeque<>();

	private @Nullable CompletableFuture<GrpcReply<R>> result;

	private @Nullable ClientCall<Q, R> call;

	private boolean open;

	private boolean cancelled;

	private @Nullable String why;

	private @Nullable Throwable cause;

	StreamCall(GrpcOutbound outbound, MethodDescriptor<Q, R> method, CallOptions options, Channel channel) {
		this.outbound = outbound;
		this.method = method;
		this.options = options;
		this.channel = channel;
	}

	@Override
	public void start(Listener<R> responses, Metadata headers) {
		CompletableFuture<GrpcReply<R>> running = this.outbound.call(this.method, this.options, headers,
				new Exchange(responses, headers));
		boolean givenUp;
		synchronized (this.waiting) {
			this.result = running;
			givenUp = this.cancelled;
		}
		if (givenUp) {
			running.cancel(false);
		}
		running.whenComplete((reply, error) -> {
			if (!isSent()) {
				GrpcReply<R> ending = ending(reply, error);
				this.thread.callBack(this.options, () -> responses.onClose(ending.status(), ending.trailers()));
			}
		});
	}

	private static <R> GrpcReply<R> ending(@Nullable GrpcReply<R> reply, @Nullable Throwable error) {
		if (error instanceof CancellationException) {
			return new GrpcReply<>(Status.CANCELLED, null, null, new Metadata());
		}
		return (reply != null) ? reply : GrpcOutbound.failed((error != null) ? error : new IllegalStateException());
	}

	private boolean isSent() {
		synchronized (this.waiting) {
			return this.call != null;
		}
	}

	@Override
	public void request(int count) {
		act((started) -> started.request(count));
	}

	@Override
	public void halfClose() {
		act(ClientCall::halfClose);
	}

	@Override
	public void sendMessage(Q message) {
		act((started) -> started.sendMessage(message));
	}

	@Override
	public void setMessageCompression(boolean enabled) {
		act((started) -> started.setMessageCompression(enabled));
	}

	@Override
	public boolean isReady() {
		ClientCall<Q, R> started;
		synchronized (this.waiting) {
			started = this.open ? this.call : null;
		}
		return started != null && started.isReady();
	}

	@Override
	public void cancel(@Nullable String message, @Nullable Throwable error) {
		CompletableFuture<GrpcReply<R>> running;
		synchronized (this.waiting) {
			this.cancelled = true;
			this.why = message;
			this.cause = error;
			running = this.result;
		}
		if (running != null) {
			running.cancel(false);
		}
	}

	private void giveUp(ClientCall<Q, R> started) {
		synchronized (this.waiting) {
			started.cancel((this.why != null || this.cause != null) ? this.why : "given up", this.cause);
		}
	}

	private void act(Consumer<ClientCall<Q, R>> action) {
		ClientCall<Q, R> started;
		synchronized (this.waiting) {
			started = this.open ? this.call : null;
			if (started == null) {
				if (!this.cancelled && (this.result == null || !this.result.isDone())) {
					this.waiting.add(action);
				}
				return;
			}
		}
		action.accept(started);
	}

	/**
	 * The call may go: does what was waiting for that.
	 */
	private void open(ClientCall<Q, R> started) {
		for (Consumer<ClientCall<Q, R>> action = next(started); action != null; action = next(started)) {
			action.accept(started);
		}
	}

	private @Nullable Consumer<ClientCall<Q, R>> next(ClientCall<Q, R> started) {
		synchronized (this.waiting) {
			this.call = started;
			Consumer<ClientCall<Q, R>> action = this.waiting.poll();
			this.open = action == null;
			return action;
		}
	}

	/**
	 * Sends the only attempt.
	 */
	private final class Exchange extends GrpcExchange<R> {

		private final Listener<R> responses;

		private final Metadata headers;

		private Exchange(Listener<R> responses, Metadata headers) {
			super(StreamCall.this.thread);
			this.responses = responses;
			this.headers = headers;
		}

		@Override
		public CompletableFuture<GrpcReply<R>> send(Attempt attempt) {
			CompletableFuture<GrpcReply<R>> answered = new CompletableFuture<>();
			ClientCall<Q, R> started = StreamCall.this.channel.newCall(StreamCall.this.method,
					options(StreamCall.this.options, attempt));
			answered.whenComplete((reply, error) -> {
				if (answered.isCancelled()) {
					giveUp(started);
				}
			});
			Metadata sent = headers(this.headers, attempt);
			MetadataHeaders.remove(sent, GovernanceHeaders.TIMEOUT_MS);
			started.start(
					new Watch<>(this.responses, new GrpcAttempt<>(answered, StreamCall.this.options.getDeadline())),
					sent);
			open(started);
			return answered;
		}

		@Override
		public boolean isRepeatable() {
			return false;
		}

	}

	/**
	 * Passes the stream on, and sees how it ends.
	 */
	private static final class Watch<R> extends SimpleForwardingClientCallListener<R> {

		private final GrpcAttempt<R> end;

		private Watch(Listener<R> responses, GrpcAttempt<R> end) {
			super(responses);
			this.end = end;
		}

		@Override
		public void onHeaders(Metadata headers) {
			this.end.onHeaders(headers);
			super.onHeaders(headers);
		}

		@Override
		public void onClose(Status status, Metadata trailers) {
			this.end.onClose(status, trailers);
			super.onClose(status, trailers);
		}

	}

}
