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

	private final boolean trusted;

	ReactiveTraceCall(ServerHttpRequest request, Received received) {
		super(request, received.service());
		this.request = request;
		this.received = received;
		this.trusted = ReactivePeer.isTrusted(request, received.trusted());
	}

	@Override
	public boolean isTrusted() {
		return this.trusted;
	}

	@Override
	public void keep(ObservedTrace trace) {
		this.request.getAttributes().put(ATTRIBUTE, trace);
	}

	@Override
	public @Nullable String caller() {
		return this.trusted ? header(GovernanceHeaders.CALLER) : null;
	}

	@Override
	public @Nullable String label(String name) {
		return this.received.label(name);
	}

}
