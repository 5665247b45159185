// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.grpc;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;

import io.governance.resilience.execution.Answers;
import io.governance.resilience.execution.Attempt;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import org.jspecify.annotations.Nullable;

/**
 * A call with one message each way: the request is kept for further attempts, and the
 * response passed on when it is known to be the last. The user calls it from one thread
 * at a time, but may cancel from any.
 *
 * @param <Q> the request
 * @param <R> the response
 */
final class UnaryCall<Q, R> extends ClientCall<Q, R> {

	private final GrpcOutbound outbound;

	private final MethodDescriptor<Q, R> method;

	private final CallOptions options;

	private final Channel channel;

	private final GrpcThread thread = new GrpcThread();

	private final Object lock = new Object();

	private @Nullable Listener<R> listener;

	private Metadata headers = new Metadata();

	private @Nullable Q message;

	private @Nullable Boolean compressed;

	private @Nullable CompletableFuture<GrpcReply<R>> result;

	private @Nullable GrpcReply<R> reply;

	private boolean requested;

	private boolean delivered;

	UnaryCall(GrpcOutbound outbound, MethodDescriptor<Q, R> method, CallOptions options, Channel channel) {
		this.outbound = outbound;
		this.method = method;
		this.options = options;
		this.channel = channel;
	}

	@Override
	public void start(Listener<R> responses, Metadata given) {
		this.listener = responses;
		this.headers = given;
	}

	@Override
	public void request(int count) {
		synchronized (this.lock) {
			this.requested = true;
		}
		deliver();
	}

	@Override
	public void sendMessage(Q request) {
		this.message = request;
	}

	@Override
	public void setMessageCompression(boolean enabled) {
		this.compressed = enabled;
	}

	@Override
	public void halfClose() {
		synchronized (this.lock) {
			if (this.reply != null) {
				return;
			}
		}
		CompletableFuture<GrpcReply<R>> running = this.outbound.call(this.method, this.options, this.headers,
				new Exchange());
		boolean cancelled;
		synchronized (this.lock) {
			this.result = running;
			cancelled = this.reply != null;
		}
		if (cancelled) {
			running.cancel(false);
		}
		running.whenComplete((given, error) -> {
			if (!(error instanceof CancellationException)) {
				end((error != null) ? GrpcOutbound.failed(error) : given);
			}
		});
	}

	@Override
	public void cancel(@Nullable String why, @Nullable Throwable cause) {
		end(new GrpcReply<>(Status.CANCELLED.withDescription(why).withCause(cause), null, null, new Metadata()));
		CompletableFuture<GrpcReply<R>> running;
		synchronized (this.lock) {
			running = this.result;
		}
		if (running != null) {
			running.cancel(false);
		}
	}

	private void end(GrpcReply<R> ending) {
		synchronized (this.lock) {
			if (this.reply == null) {
				this.reply = ending;
			}
		}
		deliver();
	}

	/**
	 * A message is given to who asked for it, an ending without one to everybody.
	 */
	private void deliver() {
		GrpcReply<R> ending;
		Listener<R> responses;
		synchronized (this.lock) {
			ending = this.reply;
			responses = this.listener;
			if (ending == null || responses == null || this.delivered
					|| (ending.message() != null && !this.requested)) {
				return;
			}
			this.delivered = true;
		}
		this.thread.callBack(this.options, () -> give(ending, responses));
	}

	/**
	 * A listener that fails ends the call for its user, as gRPC would have it.
	 */
	private void give(GrpcReply<R> ending, Listener<R> responses) {
		Status status = ending.status();
		try {
			if (ending.headers() != null) {
				responses.onHeaders(ending.headers());
			}
			if (ending.message() != null) {
				responses.onMessage(ending.message());
			}
		}
		catch (RuntimeException ex) {
			status = Status.CANCELLED.withDescription("the listener failed").withCause(ex);
		}
		responses.onClose(status, ending.trailers());
	}

	/**
	 * Sends the attempts, with a call of gRPC's own each.
	 */
	private final class Exchange extends GrpcExchange<R> {

		private Exchange() {
			super(UnaryCall.this.thread);
		}

		@Override
		public CompletableFuture<GrpcReply<R>> send(Attempt attempt) {
			CallOptions timed = timed(UnaryCall.this.options, attempt);
			CompletableFuture<GrpcReply<R>> answered = new CompletableFuture<>();
			ClientCall<Q, R> call = UnaryCall.this.channel.newCall(UnaryCall.this.method, timed);
			answered.whenComplete((reply, error) -> {
				if (answered.isCancelled()) {
					call.cancel("the call was given up", null);
				}
			});
			send(call, new GrpcAttempt<>(answered, timed.getDeadline()), headers(UnaryCall.this.headers, attempt));
			return answered;
		}

		private void send(ClientCall<Q, R> call, GrpcAttempt<R> listening, Metadata sent) {
			call.start(listening, sent);
			// a second one would be a fault, and gRPC says so to who asks for it
			call.request(2);
			Boolean compression = UnaryCall.this.compressed;
			if (compression != null) {
				call.setMessageCompression(compression);
			}
			Q request = UnaryCall.this.message;
			if (request != null) {
				call.sendMessage(request);
			}
			call.halfClose();
		}

		@Override
		public boolean isRepeatable() {
			return true;
		}

		@Override
		public Answers<GrpcReply<R>> answers() {
			return new GrpcAnswers<>(UnaryCall.this.method);
		}

	}

}
