// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.grpc;

import java.util.concurrent.Future;

import io.governance.context.GovernanceHeaders;
import io.governance.execution.Deadline;
import io.governance.policy.Rejection;
import io.governance.resilience.admission.Timer;
import io.governance.resilience.inbound.InboundCalls;
import io.governance.resilience.inbound.InboundRun;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.ServerCall;
import io.grpc.Status;
import org.jspecify.annotations.Nullable;

/**
 * The way of an answer: from the handler, or from the deadline of a unary call, whichever
 * comes first. The lock lets only one of them through.
 *
 * @param <Q> the request
 * @param <R> the response
 */
final class EdgeCall<Q, R> extends SimpleForwardingServerCall<Q, R> {

	private final ServerRun serverRun;

	private final InboundRun run;

	private final InboundCalls calls;

	private final Object lock = new Object();

	private @Nullable Future<?> timeUp;

	private boolean closed;

	EdgeCall(ServerCall<Q, R> call, ServerRun serverRun, InboundCalls calls) {
		super(call);
		this.serverRun = serverRun;
		this.run = serverRun.run();
		this.calls = calls;
	}

	/**
	 * Answers when the time is up. Streams go on for as long as they like.
	 */
	void keepTime(Timer timer) {
		Deadline deadline = this.run.context().deadline();
		if (deadline != null && getMethodDescriptor().getType() == MethodType.UNARY) {
			synchronized (this.lock) {
				this.timeUp = timer.after(this::answerLate, deadline.remainingNanos(this.calls.settings().time()));
			}
		}
	}

	private void answerLate() {
		synchronized (this.lock) {
			if (!this.closed && this.run.deadlineAnswers()) {
				Rejection late = this.calls.late(this.run);
				closeWith(GrpcStatuses.of(late), GrpcStatuses.trailers(late, false));
			}
		}
	}

	/**
	 * Nobody waits for the deadline any more.
	 */
	void end() {
		synchronized (this.lock) {
			this.closed = true;
			if (this.timeUp != null) {
				this.timeUp.cancel(false);
			}
		}
	}

	/**
	 * Answers for an error that the handler threw, if it is a rejected inner call.
	 * @return whether it is one
	 */
	boolean answer(Throwable error) {
		Rejection rejection = GrpcStatuses.rejection(error);
		synchronized (this.lock) {
			if (rejection != null && !this.closed && this.run.handlerAnswers()) {
				closeWith(GrpcStatuses.of(rejection), GrpcStatuses.trailers(rejection, false));
			}
			return rejection != null;
		}
	}

	@Override
	public void sendHeaders(Metadata headers) {
		synchronized (this.lock) {
			if (this.run.handlerAnswers()) {
				this.serverRun.writeTo(headers);
				super.sendHeaders(headers);
			}
		}
	}

	@Override
	public void sendMessage(R message) {
		synchronized (this.lock) {
			if (this.run.handlerAnswers()) {
				super.sendMessage(message);
			}
		}
	}

	@Override
	public boolean isCancelled() {
		return this.run.isTimedOut() || super.isCancelled();
	}

	@Override
	public void close(Status status, Metadata trailers) {
		synchronized (this.lock) {
			if (!this.run.handlerAnswers()) {
				return;
			}
			Rejection inner = (status.getCode() == Status.Code.UNKNOWN) ? GrpcStatuses.rejection(status.getCause())
					: null;
			if (inner != null) {
				trailers.merge(GrpcStatuses.trailers(inner, false));
			}
			else if (!this.serverRun.isRejected()) {
				// what an inner call says of its work says nothing of this one's
				MetadataHeaders.remove(trailers, GovernanceHeaders.NOT_PROCESSED);
			}
			closeWith((inner != null) ? GrpcStatuses.of(inner) : status, trailers);
		}
	}

	private void closeWith(Status status, Metadata trailers) {
		end();
		int http = GrpcStatuses.http(status.getCode());
		if (this.run.isRetried(http)) {
			MetadataHeaders.set(trailers, GovernanceHeaders.RETRIED, "true");
		}
		this.serverRun.writeTo(trailers);
		super.close(status, trailers);
		this.run.respond(http);
	}

}
