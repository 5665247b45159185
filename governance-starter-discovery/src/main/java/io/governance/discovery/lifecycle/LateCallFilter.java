// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.lifecycle;

import java.io.IOException;

import io.governance.context.RequestAttributes;
import io.governance.rejection.ServletAnswers;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/**
 * Has connections end while this instance leaves, and refuses calls that come late, in a
 * Servlet container. Thread-safe.
 */
public final class LateCallFilter implements Filter {

	private final LateCalls calls;

	/**
	 * Creates the filter.
	 * @param calls what to do with late calls
	 */
	public LateCallFilter(LateCalls calls) {
		this.calls = calls;
	}

	@Override
	public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
			throws IOException, ServletException {
		if (this.calls.areNone() || !(request instanceof HttpServletRequest http)
				|| !(response instanceof HttpServletResponse httpResponse)) {
			chain.doFilter(request, response);
			return;
		}
		// HTTP/2 has no such header: there the server itself says that it goes away
		if (http.getProtocol().startsWith("HTTP/1")) {
			httpResponse.setHeader(LateCalls.CONNECTION, LateCalls.CLOSE);
		}
		if (!this.calls.refuses(path(http))) {
			chain.doFilter(request, response);
			return;
		}
		http.setAttribute(RequestAttributes.REJECTION, LateCalls.REJECTION);
		ServletAnswers.refuse(this.calls.answer(), http, httpResponse);
	}

	private static String path(HttpServletRequest request) {
		String path = request.getRequestURI();
		String application = request.getContextPath();
		return path.startsWith(application) ? path.substring(application.length()) : path;
	}

}
