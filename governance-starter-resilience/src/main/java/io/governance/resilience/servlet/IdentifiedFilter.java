// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.servlet;

import java.io.IOException;

import io.governance.policy.Decision;
import io.governance.policy.Segment;
import io.governance.resilience.inbound.InboundCalls;
import io.governance.resilience.inbound.InboundRun;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/**
 * The inner filter, behind security: asks the rules of {@link Segment#IDENTIFIED}, which
 * know the principal. What it admits ends with the run that {@link EdgeFilter} began.
 * Thread-safe.
 */
public final class IdentifiedFilter implements Filter {

	private final InboundCalls calls;

	private final SegmentGate gate;

	/**
	 * Creates the filter.
	 * @param calls the steps of an inbound call
	 * @param cors puts CORS headers on rejections
	 */
	public IdentifiedFilter(InboundCalls calls, RejectionCors cors) {
		this.calls = calls;
		this.gate = new SegmentGate(calls, cors);
	}

	@Override
	public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
			throws IOException, ServletException {
		if (request instanceof HttpServletRequest http && response instanceof HttpServletResponse httpResponse
				&& request.getAttribute(InboundRun.ATTRIBUTE) instanceof InboundRun run) {
			ServletCall call = new ServletCall(http, run.context(), this.calls.settings());
			Decision decision = this.calls.decide(Segment.IDENTIFIED, run, call);
			if (!this.gate.isOpen(decision, run, new Exchange(http, httpResponse, chain))) {
				return;
			}
		}
		chain.doFilter(request, response);
	}

}
