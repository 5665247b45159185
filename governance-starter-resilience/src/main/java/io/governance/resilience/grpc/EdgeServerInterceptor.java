// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.grpc;

import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

import io.governance.context.CallContext;
import io.governance.execution.Deadline;
import io.governance.policy.Decision;
import io.governance.policy.Segment;
import io.governance.resilience.admission.Timer;
import io.governance.resilience.inbound.InboundCalls;
import io.governance.resilience.inbound.InboundRun;
import io.governance.resilience.inbound.InboundSettings;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import org.jspecify.annotations.Nullable;

/**
 * The outer interceptor of a gRPC server, before security: begins the run of a call, asks
 * the rules of {@link Segment#EDGE}, answers when the time of a unary call is up, and
 * sees to it that the run ends. Thread-safe.
 */
public final class EdgeServerInterceptor implements ServerInterceptor {

	/** What watches a service calls these, as it does the management endpoints. */
	private static final List<String> MANAGEMENT = List.of("grpc.health.", "grpc.reflection.", "grpc.channelz.");

	private final InboundCalls calls;

	private final Timer timer;

	private final boolean ignoreManagement;

	private final ServerGate gate;

	/**
	 * Creates the interceptor.
	 * @param calls the steps of an inbound call
	 * @param timer waits
	 * @param late runs the handlers of calls that had to wait
	 * @param ignoreManagement whether gRPC's own services for health, reflection and the
	 * like are left alone
	 */
	public EdgeServerInterceptor(InboundCalls calls, Timer timer, Executor late, boolean ignoreManagement) {
		this.calls = calls;
		this.timer = timer;
		this.ignoreManagement = ignoreManagement;
		this.gate = new ServerGate(calls.settings().time(), timer, late);
	}

	@Override
	public <Q, R> ServerCall.Listener<Q> interceptCall(ServerCall<Q, R> call, Metadata headers,
			ServerCallHandler<Q, R> next) {
		String method = call.getMethodDescriptor().getFullMethodName();
		// an interceptor that is installed twice acts once
		if (ServerRun.KEY.get() != null
				|| (this.ignoreManagement && MANAGEMENT.stream().anyMatch(method::startsWith))) {
			return next.startCall(call, headers);
		}
		InboundSettings settings = this.calls.settings();
		InboundRun run = this.calls.begin((name) -> MetadataHeaders.first(headers, name),
				settings.trusted().trusts(GrpcServerRequest.peer(call)), ownDeadline(),
				(context) -> new GrpcServerRequest(call, headers, context, settings, null));
		ServerRun serverRun = new ServerRun(run);
		EdgeCall<Q, R> watched = new EdgeCall<>(call, serverRun, this.calls);
		try (CallContext.Scope scope = run.context().makeCurrent()) {
			Decision decision = this.calls.decide(Segment.EDGE, run, run.call());
			return this.gate.pass(decision, serverRun, watched, () -> start(watched, headers, serverRun, next));
		}
	}

	private @Nullable Deadline ownDeadline() {
		io.grpc.Deadline own = Context.current().getDeadline();
		return (own == null) ? null
				: new Deadline(this.calls.settings().time().nanoTime() + own.timeRemaining(TimeUnit.NANOSECONDS));
	}

	private <Q, R> ServerCall.Listener<Q> start(EdgeCall<Q, R> call, Metadata headers, ServerRun run,
			ServerCallHandler<Q, R> next) {
		call.keepTime(this.timer);
		Context context = Context.current().withValue(ServerRun.KEY, run);
		EdgeListener<Q> listener = new EdgeListener<>(call, run.run(), this.calls);
		listener.guard(() -> listener.listenTo(Contexts.interceptCall(context, call, headers, next)));
		return listener;
	}

}
