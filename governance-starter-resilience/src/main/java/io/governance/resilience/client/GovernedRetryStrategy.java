// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.client;

import java.io.IOException;

import io.governance.context.GovernanceHeaders;
import org.apache.hc.client5.http.HttpRequestRetryStrategy;
import org.apache.hc.client5.http.impl.DefaultHttpRequestRetryStrategy;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.util.TimeValue;

/**
 * Leaves the retries of governed calls to their rules. Apache's client on its own tries
 * again, once and after a second, whatever is answered with 429 or 503, a POST too. Other
 * calls are treated as ever. Thread-safe.
 */
public final class GovernedRetryStrategy implements HttpRequestRetryStrategy {

	private final HttpRequestRetryStrategy others = DefaultHttpRequestRetryStrategy.INSTANCE;

	@Override
	public boolean retryRequest(HttpRequest request, IOException exception, int count, HttpContext context) {
		return !isGoverned(request) && this.others.retryRequest(request, exception, count, context);
	}

	@Override
	public boolean retryRequest(HttpResponse response, int count, HttpContext context) {
		return !isGoverned(HttpClientContext.cast(context).getRequest())
				&& this.others.retryRequest(response, count, context);
	}

	@Override
	public TimeValue getRetryInterval(HttpRequest request, IOException exception, int count, HttpContext context) {
		return this.others.getRetryInterval(request, exception, count, context);
	}

	@Override
	public TimeValue getRetryInterval(HttpResponse response, int count, HttpContext context) {
		return this.others.getRetryInterval(response, count, context);
	}

	private static boolean isGoverned(HttpRequest request) {
		return request.containsHeader(GovernanceHeaders.ATTEMPT);
	}

}
