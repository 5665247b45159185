// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.sampling;

import io.governance.context.GovernanceHeaders;
import io.governance.engine.ObservedTrace;
import io.governance.peer.ReactivePeer;
import io.governance.request.ReactiveRequestCall;
import org.jspecify.annotations.Nullable;

import org.springframework.http.server.reactive.ServerHttpRequest;

/**
 * A request of a reactive server that begins or joins a trace.
 */
final class ReactiveTraceCall extends ReactiveRequestCall implements TraceCall {

	private final ServerHttpRequest request;

	private final Received received;

	ReactiveTraceCall(ServerHttpRequest request, Received received) {
		super(request, received.service());
		this.request = request;
		this.received = received;
	}

	@Override
	public boolean isTrusted() {
		return ReactivePeer.isTrusted(this.request, this.received.trusted());
	}

	@Override
	public void keep(ObservedTrace trace) {
		this.request.getAttributes().put(ATTRIBUTE, trace);
	}

	@Override
	public @Nullable String caller() {
		String caller = header(GovernanceHeaders.CALLER);
		return (caller != null && isTrusted()) ? caller : null;
	}

	@Override
	public @Nullable String label(String name) {
		return this.received.label(name);
	}

}
