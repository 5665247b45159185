// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.metrics.istio;

import java.net.URI;

import io.governance.tracing.metrics.istio.IstioRequest.Reporter;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;

/**
 * What clients of both kinds know of a call that is over.
 *
 * @param uri where it went
 * @param end what came of it
 * @param request the headers of the request
 * @param response the headers of the response, if there was one
 */
record CallReport(URI uri, Flags.Failure end, HttpHeaders request, @Nullable HttpHeaders response) {

	void to(IstioMetrics metrics, double millis) {
		String host = (this.uri.getHost() != null) ? this.uri.getHost() : IstioMetrics.UNKNOWN;
		metrics.record(new IstioRequest(Reporter.SOURCE, host, host, this.end.code(), this.end.flag()), millis,
				Bodies.request(this.request.getFirst(HttpHeaders.CONTENT_LENGTH),
						this.request.getFirst(HttpHeaders.TRANSFER_ENCODING)),
				(this.response != null) ? Bodies.response(this.response.getFirst(HttpHeaders.CONTENT_LENGTH))
						: Bodies.NOT_KNOWN);
	}

}
