// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.servlet;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;

/**
 * The request that goes with a {@link TimedResponse}: what begins asynchronous processing
 * without naming a response is to write into that one too, not into the container's.
 */
final class TimedRequest extends HttpServletRequestWrapper {

	private final HttpServletResponse response;

	TimedRequest(HttpServletRequest request, HttpServletResponse response) {
		super(request);
		this.response = response;
	}

	@Override
	public AsyncContext startAsync() {
		// with this request, so that a further dispatch has it too
		return startAsync(this, this.response);
	}

}
