// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.sampling;

import io.governance.engine.ObservedTrace;
import io.governance.policy.Outcome;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.observation.ServerRequestObservationContext;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;

/**
 * Tells the rules that decided on a request's trace how the request ended. Thread-safe.
 */
public final class SamplingFeedback implements ObservationHandler<Observation.Context> {

	private static final int FIRST_ERROR = 400;

	@Override
	public boolean supportsContext(Observation.Context context) {
		return (TraceCall.Present.SERVLET && context instanceof ServerRequestObservationContext) || isReactive(context);
	}

	private static boolean isReactive(Observation.Context context) {
		return TraceCall.Present.REACTIVE
				&& context instanceof org.springframework.http.server.reactive.observation.ServerRequestObservationContext;
	}

	@Override
	public void onStop(Observation.Context context) {
		if (TraceCall.Present.SERVLET && context instanceof ServerRequestObservationContext servlet) {
			servlet(servlet);
		}
		else if (isReactive(context)) {
			reactive((org.springframework.http.server.reactive.observation.ServerRequestObservationContext) context);
		}
	}

	private static void servlet(ServerRequestObservationContext context) {
		HttpServletRequest request = context.getCarrier();
		if (request != null && request.getAttribute(TraceCall.ATTRIBUTE) instanceof ObservedTrace trace) {
			HttpServletResponse response = context.getResponse();
			trace.ended(outcome((response != null) ? response.getStatus() : 0, context.getError()));
		}
	}

	private static void reactive(
			org.springframework.http.server.reactive.observation.ServerRequestObservationContext context) {
		ServerHttpRequest request = context.getCarrier();
		if (request != null && request.getAttributes().get(TraceCall.ATTRIBUTE) instanceof ObservedTrace trace) {
			ServerHttpResponse response = context.getResponse();
			HttpStatusCode status = (response != null) ? response.getStatusCode() : null;
			trace.ended(context.isConnectionAborted() ? Outcome.failure(Outcome.Kind.CANCELLED, null, 0)
					: outcome((status != null) ? status.value() : 0, context.getError()));
		}
	}

	/**
	 * An exception that was answered with a status below 500 is the caller's fault; one
	 * that nobody has answered yet is ours.
	 */
	private static Outcome outcome(int status, @Nullable Throwable error) {
		return (error != null && status < FIRST_ERROR) ? Outcome.failure(Outcome.Kind.ERROR, error, 0)
				: Outcome.response(status, false, 0);
	}

}
