// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.grpc;

import io.governance.context.CallContext;
import io.governance.policy.Outcome;
import io.governance.resilience.inbound.InboundCalls;
import io.governance.resilience.inbound.InboundRun;
import io.grpc.Context;
import io.grpc.ServerCall;

/**
 * Runs what gRPC calls back with the context of the call, and sees how it ends where the
 * handler does not say.
 *
 * @param <Q> the request
 */
final class EdgeListener<Q> extends ServerCall.Listener<Q> {

	private final EdgeCall<Q, ?> call;

	private final InboundRun run;

	private final InboundCalls calls;

	/** At first for a handler that failed as it was started. */
	private ServerCall.Listener<Q> handler = new ServerCall.Listener<>() {
	};

	EdgeListener(EdgeCall<Q, ?> call, InboundRun run, InboundCalls calls) {
		this.call = call;
		this.run = run;
		this.calls = calls;
	}

	void listenTo(ServerCall.Listener<Q> started) {
		this.handler = started;
	}

	/**
	 * Runs code of the handler.
	 */
	void guard(Runnable code) {
		try (CallContext.Scope scope = this.run.context().makeCurrent()) {
			code.run();
		}
		catch (RuntimeException | Error ex) {
			if (!this.call.answer(ex)) {
				this.call.end();
				this.run.fail(Outcome.Kind.ERROR, ex);
				throw ex;
			}
		}
	}

	@Override
	public void onMessage(Q message) {
		guard(() -> this.handler.onMessage(message));
	}

	@Override
	public void onHalfClose() {
		guard(this.handler::onHalfClose);
	}

	@Override
	public void onReady() {
		guard(this.handler::onReady);
	}

	@Override
	public void onComplete() {
		guard(this.handler::onComplete);
	}

	@Override
	public void onCancel() {
		this.call.end();
		if (isTimeUp()) {
			this.calls.late(this.run);
			this.run.respond(504);
		}
		else {
			this.run.abandon();
			this.run.fail(Outcome.Kind.CANCELLED, null);
		}
		guard(this.handler::onCancel);
	}

	/**
	 * gRPC cancels a call whose own deadline has passed: then the client did not give up.
	 */
	private boolean isTimeUp() {
		io.grpc.Deadline own = Context.current().getDeadline();
		return this.calls.isLate(this.run) || (own != null && own.isExpired());
	}

}
