// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.grpc;

import java.util.concurrent.Executor;
import java.util.function.Supplier;

import io.governance.policy.Decision;
import io.governance.policy.Segment;
import io.governance.resilience.admission.Timer;
import io.governance.resilience.inbound.InboundCalls;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import org.jspecify.annotations.Nullable;

/**
 * The inner interceptor of a gRPC server, behind security: asks the rules of
 * {@link Segment#IDENTIFIED}, which know the principal. What it admits ends with the run
 * that {@link EdgeServerInterceptor} began; without that it does nothing. Thread-safe.
 */
public final class IdentifiedServerInterceptor implements ServerInterceptor {

	private final InboundCalls calls;

	private final ServerGate gate;

	private final Supplier<@Nullable String> principal;

	/**
	 * Creates the interceptor.
	 * @param calls the steps of an inbound call
	 * @param timer waits
	 * @param late runs the handlers of calls that had to wait
	 * @param principal gives the name of the authenticated principal on the thread of a
	 * call; {@code null} where there is none
	 */
	public IdentifiedServerInterceptor(InboundCalls calls, Timer timer, Executor late,
			Supplier<@Nullable String> principal) {
		this.calls = calls;
		this.gate = new ServerGate(calls.settings().time(), timer, late);
		this.principal = principal;
	}

	@Override
	public <Q, R> ServerCall.Listener<Q> interceptCall(ServerCall<Q, R> call, Metadata headers,
			ServerCallHandler<Q, R> next) {
		ServerRun run = ServerRun.KEY.get();
		if (run == null) {
			return next.startCall(call, headers);
		}
		GrpcServerRequest request = new GrpcServerRequest(call, headers, run.run().context(), this.calls.settings(),
				this.principal.get());
		Decision decision = this.calls.decide(Segment.IDENTIFIED, run.run(), request);
		return this.gate.pass(decision, run, call, () -> next.startCall(call, headers));
	}

}
