// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.sampling;

import brave.baggage.BaggageField;
import brave.propagation.TraceContextOrSamplingFlags;
import io.governance.context.TrustedCallers;
import io.governance.engine.ObservedTrace;
import io.governance.policy.Call;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.util.ClassUtils;

/**
 * A request that begins or joins a trace, before its span begins.
 */
interface TraceCall extends Call {

	/** The request attribute that has what was decided. */
	String ATTRIBUTE = ObservedTrace.class.getName();

	/**
	 * Whether the peer of the connection is trusted.
	 * @return whether it is
	 */
	boolean isTrusted();

	/**
	 * Keeps with the request what was decided.
	 * @param trace the decision
	 */
	void keep(ObservedTrace trace);

	/**
	 * Makes the view of a request.
	 * @param request the request, of whatever kind
	 * @param received what came with it
	 * @return the view; {@code null} for what is no HTTP request
	 */
	static @Nullable TraceCall of(Object request, Received received) {
		if (Present.SERVLET && request instanceof HttpServletRequest servlet) {
			return new ServletTraceCall(servlet, received);
		}
		return (Present.REACTIVE && request instanceof ServerHttpRequest reactive)
				? new ReactiveTraceCall(reactive, received) : null;
	}

	/**
	 * What came with a request, and who is trusted.
	 *
	 * @param service this process's own service
	 * @param trusted whose word counts
	 * @param trace the trace and the baggage that the caller sent
	 */
	record Received(String service, TrustedCallers trusted, TraceContextOrSamplingFlags trace) {

		@Nullable String label(String name) {
			BaggageField field = BaggageField.getByName(this.trace, name);
			return (field != null) ? field.getValue(this.trace) : null;
		}

	}

	/** The kinds of requests that this process knows. */
	final class Present {

		static final boolean SERVLET = isPresent("jakarta.servlet.http.HttpServletRequest");

		static final boolean REACTIVE = isPresent("org.springframework.http.server.reactive.ServerHttpRequest")
				&& isPresent("org.reactivestreams.Publisher");

		private Present() {
		}

		private static boolean isPresent(String name) {
			return ClassUtils.isPresent(name, TraceCall.class.getClassLoader());
		}

	}

}
