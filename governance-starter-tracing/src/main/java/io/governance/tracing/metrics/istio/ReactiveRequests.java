// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.metrics.istio;

import java.util.Map;

import io.governance.context.CallContext;
import io.governance.context.RequestAttributes;
import io.governance.policy.Rejection;
import io.governance.tracing.accesslog.Upstream;
import io.governance.tracing.accesslog.UpstreamSource;
import io.governance.tracing.metrics.istio.IstioRequest.Reporter;
import io.micrometer.observation.Observation;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.observation.ServerRequestObservationContext;

/**
 * Requests that a WebFlux application or the gateway received, and those that the gateway
 * passed on.
 */
public final class ReactiveRequests extends IstioObservations<ServerRequestObservationContext> {

	private final UpstreamSource upstreams;

	/**
	 * Creates the handler.
	 * @param settings what it works with
	 * @param upstreams tells where a proxy sent a request
	 */
	public ReactiveRequests(IstioSettings settings, UpstreamSource upstreams) {
		super(settings);
		this.upstreams = upstreams;
	}

	@Override
	public boolean supportsContext(Observation.Context context) {
		return context instanceof ServerRequestObservationContext;
	}

	@Override
	void report(ServerRequestObservationContext context, double millis) {
		ServerHttpRequest request = context.getCarrier();
		if (request == null) {
			return;
		}
		Map<String, Object> attributes = context.getAttributes();
		Rejection rejection = (attributes.get(RequestAttributes.REJECTION) instanceof Rejection found) ? found : null;
		String caller = (attributes.get(RequestAttributes.CONTEXT) instanceof CallContext call) ? call.caller() : null;
		Upstream upstream = this.upstreams.of(attributes);
		boolean passedOn = upstream != null && upstream.attempts() > 0;
		ServerHttpResponse response = context.getResponse();
		int code = code(response);
		String flags = Flags.received(code, rejection, upstream);
		long received = Bodies.request(request.getHeaders().getFirst(HttpHeaders.CONTENT_LENGTH),
				request.getHeaders().getFirst(HttpHeaders.TRANSFER_ENCODING));
		long sent = (response != null) ? Bodies.response(response.getHeaders().getFirst(HttpHeaders.CONTENT_LENGTH))
				: Bodies.NOT_KNOWN;
		metrics().record(new IstioRequest(Reporter.DESTINATION, (caller != null) ? caller : IstioMetrics.UNKNOWN, "",
				code, passedOn ? Flags.NONE : flags), millis, received, sent);
		if (upstream != null && upstream.cluster() != null) {
			metrics().record(new IstioRequest(Reporter.SOURCE, upstream.cluster(), upstream.cluster(), code, flags),
					millis, received, sent);
		}
	}

	private static int code(@Nullable ServerHttpResponse response) {
		HttpStatusCode status = (response != null) ? response.getStatusCode() : null;
		return (status != null) ? status.value() : 0;
	}

}
