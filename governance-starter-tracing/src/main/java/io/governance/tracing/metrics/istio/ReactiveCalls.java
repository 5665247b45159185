// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.metrics.istio;

import io.micrometer.observation.Observation;

import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ClientRequestObservationContext;
import org.springframework.web.reactive.function.client.ClientResponse;

/**
 * Calls of WebClient.
 */
public final class ReactiveCalls extends IstioObservations<ClientRequestObservationContext> {

	/**
	 * Creates the handler.
	 * @param settings what it works with
	 */
	public ReactiveCalls(IstioSettings settings) {
		super(settings);
	}

	@Override
	public boolean supportsContext(Observation.Context context) {
		return context instanceof ClientRequestObservationContext;
	}

	@Override
	void report(ClientRequestObservationContext context, double millis) {
		ClientRequest request = context.getRequest();
		ClientResponse response = context.getResponse();
		if (request != null) {
			Flags.Failure end = context.isAborted() ? Flags.GIVEN_UP
					: Flags.sent((response != null) ? response.statusCode().value() : 0, context.getError());
			new CallReport(request.url(), end, request.headers(),
					(response != null) ? response.headers().asHttpHeaders() : null)
				.to(metrics(), millis);
		}
	}

}
