// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.servlet;

import java.io.IOException;

import io.governance.context.CallContext;
import io.governance.context.RequestAttributes;
import io.governance.policy.Decision;
import io.governance.policy.Outcome;
import io.governance.policy.Segment;
import io.governance.resilience.inbound.InboundCalls;
import io.governance.resilience.inbound.InboundRun;
import io.governance.peer.ServletPeer;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/**
 * The outer filter, before security: begins the run of a call, asks the rules of
 * {@link Segment#EDGE}, and sees to it that the run ends. Further dispatches of a request
 * (asynchronous, error) get the call's context and are not asked again. Thread-safe.
 */
public final class EdgeFilter implements Filter {

	private final InboundCalls calls;

	private final SegmentGate gate;

	/**
	 * Creates the filter.
	 * @param calls the steps of an inbound call
	 * @param cors puts CORS headers on rejections
	 */
	public EdgeFilter(InboundCalls calls, RejectionCors cors) {
		this.calls = calls;
		this.gate = new SegmentGate(calls, cors);
	}

	@Override
	public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
			throws IOException, ServletException {
		if (!(request instanceof HttpServletRequest http && response instanceof HttpServletResponse httpResponse)) {
			chain.doFilter(request, response);
			return;
		}
		Exchange exchange = new Exchange(http, httpResponse, chain);
		if (request.getAttribute(InboundRun.ATTRIBUTE) instanceof InboundRun run) {
			resume(exchange, run);
		}
		else if (request.getDispatcherType() == DispatcherType.REQUEST && !isIgnored(http)) {
			begin(exchange);
		}
		else {
			chain.doFilter(request, response);
		}
	}

	private boolean isIgnored(HttpServletRequest request) {
		String application = request.getContextPath();
		String path = request.getRequestURI();
		return path.startsWith(application)
				&& this.calls.settings().ignored().contains(path.substring(application.length()));
	}

	private void begin(Exchange exchange) throws IOException, ServletException {
		HttpServletRequest request = exchange.request();
		InboundRun run = this.calls.begin(request::getHeader,
				ServletPeer.isTrusted(request, this.calls.settings().trusted()),
				(context) -> new ServletCall(request, context, this.calls.settings()));
		request.setAttribute(InboundRun.ATTRIBUTE, run);
		request.setAttribute(RequestAttributes.CONTEXT, run.context());
		try (CallContext.Scope scope = run.context().makeCurrent()) {
			Decision decision = this.calls.decide(Segment.EDGE, run, run.call());
			if (this.gate.isOpen(decision, run, exchange)) {
				run(exchange, run);
			}
		}
		finally {
			end(exchange, run);
		}
	}

	private void resume(Exchange exchange, InboundRun run) throws IOException, ServletException {
		try (CallContext.Scope scope = run.context().makeCurrent()) {
			run(exchange, run);
		}
	}

	private static void run(Exchange exchange, InboundRun run) throws IOException, ServletException {
		HttpServletResponse response = exchange.response();
		try {
			exchange.chain().doFilter(exchange.request(), response);
		}
		catch (IOException | ServletException | RuntimeException | Error ex) {
			RunListener.note(ex, run, response);
			if (!ServletRejections.answer(ex, exchange.request(), response)) {
				run.fail(Outcome.Kind.ERROR, ex);
				throw ex;
			}
		}
	}

	private static void end(Exchange exchange, InboundRun run) {
		HttpServletRequest request = exchange.request();
		if (request.isAsyncStarted()) {
			request.getAsyncContext().addListener(new RunListener(run, exchange.response()));
		}
		else {
			run.respond(exchange.response().getStatus());
		}
	}

}
