// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.metrics.istio;

import io.governance.context.CallContext;
import io.governance.context.RequestAttributes;
import io.governance.policy.Rejection;
import io.governance.tracing.metrics.istio.IstioRequest.Reporter;
import io.micrometer.observation.Observation;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpHeaders;
import org.springframework.http.server.observation.ServerRequestObservationContext;

/**
 * Requests that a Servlet application received.
 */
public final class ServletRequests extends IstioObservations<ServerRequestObservationContext> {

	/**
	 * Creates the handler.
	 * @param settings what it works with
	 */
	public ServletRequests(IstioSettings settings) {
		super(settings);
	}

	@Override
	public boolean supportsContext(Observation.Context context) {
		return context instanceof ServerRequestObservationContext;
	}

	@Override
	void report(ServerRequestObservationContext context, double millis) {
		HttpServletRequest request = context.getCarrier();
		HttpServletResponse response = context.getResponse();
		if (request == null) {
			return;
		}
		Rejection rejection = (request.getAttribute(RequestAttributes.REJECTION) instanceof Rejection found) ? found
				: null;
		String caller = (request.getAttribute(RequestAttributes.CONTEXT) instanceof CallContext call) ? call.caller()
				: null;
		int code = (response != null) ? response.getStatus() : 0;
		metrics().record(
				new IstioRequest(Reporter.DESTINATION, (caller != null) ? caller : IstioMetrics.UNKNOWN, "", code,
						Flags.received(code, rejection, null)),
				millis,
				Bodies.request(request.getHeader(HttpHeaders.CONTENT_LENGTH),
						request.getHeader(HttpHeaders.TRANSFER_ENCODING)),
				(response != null) ? Bodies.response(response.getHeader(HttpHeaders.CONTENT_LENGTH))
						: Bodies.NOT_KNOWN);
	}

}
