// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.client;

import io.governance.client.RequestFactoryStage;
import org.springframework.http.client.ClientHttpRequestFactory;

/**
 * Gives each attempt of a blocking client a span: inside of the choice of an instance, so
 * that it is known. Clients that make no attempts, because no other starter of the suite
 * is there, have no such layer.
 */
public final class AttemptStage implements RequestFactoryStage {

	private final AttemptSpans spans;

	private final boolean namedHosts;

	/**
	 * Creates the stage.
	 * @param spans makes the spans
	 * @param namedHosts whether clients that are not load-balanced make attempts too
	 */
	public AttemptStage(AttemptSpans spans, boolean namedHosts) {
		this.spans = spans;
		this.namedHosts = namedHosts;
	}

	@Override
	public int getOrder() {
		return (ATTEMPT + TRANSPORT) / 2;
	}

	@Override
	public ClientHttpRequestFactory wrap(ClientHttpRequestFactory next, boolean loadBalanced) {
		if (!loadBalanced && !this.namedHosts) {
			return next;
		}
		return (uri, method) -> AttemptRequest.of(next.createRequest(uri, method), this.spans);
	}

}
