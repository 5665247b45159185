// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.metrics.istio;

import java.io.IOException;

import io.micrometer.observation.Observation;
import org.jspecify.annotations.Nullable;

import org.springframework.http.client.ClientHttpRequest;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.http.client.observation.ClientRequestObservationContext;

/**
 * Calls of RestClient and RestTemplate.
 */
public final class BlockingCalls extends IstioObservations<ClientRequestObservationContext> {

	/**
	 * Creates the handler.
	 * @param settings what it works with
	 */
	public BlockingCalls(IstioSettings settings) {
		super(settings);
	}

	@Override
	public boolean supportsContext(Observation.Context context) {
		return context instanceof ClientRequestObservationContext;
	}

	@Override
	void report(ClientRequestObservationContext context, double millis) {
		ClientHttpRequest request = context.getCarrier();
		ClientHttpResponse response = context.getResponse();
		if (request != null) {
			new CallReport(request.getURI(), Flags.sent(code(response), context.getError()), request.getHeaders(),
					(response != null) ? response.getHeaders() : null)
				.to(metrics(), millis);
		}
	}

	private static int code(@Nullable ClientHttpResponse response) {
		try {
			return (response != null) ? response.getStatusCode().value() : 0;
		}
		catch (IOException ex) {
			return 0;
		}
	}

}
