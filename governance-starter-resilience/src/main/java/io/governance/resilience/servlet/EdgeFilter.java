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
import org.jspecify.annotations.Nullable;

/**
 * The outer filter, before security: begins the run of a call, asks the rules of
 * {@link Segment#EDGE}, and sees to it that the run ends. Further dispatches of a request
 * (asynchronous, error) get the call's context and are not asked again. Thread-safe.
 */
public final class EdgeFilter implements Filter {

	private final InboundCalls calls;

	private final SegmentGate gate;

	private final TimedAnswers answers;

	/**
	 * Creates the filter.
	 * @param calls the steps of an inbound call
	 * @param cors puts CORS headers on rejections
	 * @param answers has calls answered when their time is up
	 */
	public EdgeFilter(InboundCalls calls, RejectionCors cors, TimedAnswers answers) {
		this.calls = calls;
		this.answers = answers;
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
				run(exchange, run, this.answers.begin(run, exchange));
			}
		}
		finally {
			end(exchange, run, TimedAnswer.of(request));
		}
	}

	private void resume(Exchange exchange, InboundRun run) throws IOException, ServletException {
		try (CallContext.Scope scope = run.context().makeCurrent()) {
			run(exchange, run, TimedAnswer.of(exchange.request()));
		}
	}

	private static void run(Exchange exchange, InboundRun run, @Nullable TimedAnswer answer)
			throws IOException, ServletException {
		HttpServletResponse guarded = (answer != null) ? answer.guard(exchange.response()) : exchange.response();
		HttpServletResponse response = new RetriedResponse(guarded, run);
		HttpServletRequest request = (guarded != exchange.response()) ? new TimedRequest(exchange.request(), response)
				: exchange.request();
		try {
			exchange.chain().doFilter(request, response);
		}
		catch (IOException | ServletException | RuntimeException | Error ex) {
			boolean expected = run.isTimedOut() && ServletRejections.isRejection(ex);
			if (expected) {
				return;
			}
			RunListener.note(ex, run, response);
			if (!ServletRejections.answer(ex, exchange.request(), response)) {
				run.fail(Outcome.Kind.ERROR, ex);
				throw ex;
			}
		}
	}

	private static void end(Exchange exchange, InboundRun run, @Nullable TimedAnswer answer) {
		HttpServletRequest request = exchange.request();
		boolean async = request.isAsyncStarted();
		if (async) {
			request.getAsyncContext().addListener(new RunListener(run, exchange.response(), answer));
		}
		if (answer != null) {
			answer.leave();
		}
		if (!async) {
			run.respond(exchange.response().getStatus());
		}
	}

}
