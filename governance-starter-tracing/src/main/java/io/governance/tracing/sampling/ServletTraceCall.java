// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.sampling;

import io.governance.context.GovernanceHeaders;
import io.governance.engine.ObservedTrace;
import io.governance.peer.ServletPeer;
import io.governance.request.ServletRequestCall;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * A Servlet request that begins or joins a trace.
 */
final class ServletTraceCall extends ServletRequestCall implements TraceCall {

	private final HttpServletRequest request;

	private final Received received;

	ServletTraceCall(HttpServletRequest request, Received received) {
		super(request, received.service());
		this.request = request;
		this.received = received;
	}

	@Override
	public boolean isTrusted() {
		return ServletPeer.isTrusted(this.request, this.received.trusted());
	}

	@Override
	public void keep(ObservedTrace trace) {
		this.request.setAttribute(ATTRIBUTE, trace);
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
