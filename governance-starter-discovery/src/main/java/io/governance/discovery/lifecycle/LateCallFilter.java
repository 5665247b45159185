// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.lifecycle;

import java.io.IOException;
import java.io.InputStream;

import io.governance.context.RequestAttributes;
import io.governance.execution.Deadline;
import io.governance.policy.CallRejectedException;
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
		ServletAnswers.write(this.calls.answer(), http, httpResponse);
		httpResponse.flushBuffer();
		linger(request.getInputStream());
	}

	/**
	 * Jetty ends the connection at once. A caller that still sends its body would be
	 * reset, and might not see its answer.
	 */
	private void linger(InputStream body) {
		byte[] buffer = new byte[1024];
		Deadline end = this.calls.lingerEnd();
		int left = LateCalls.LINGER_BYTES;
		try {
			while (left > 0 && !this.calls.isOver(end)) {
				int count = body.read(buffer);
				left = (count < 0) ? 0 : left - count;
			}
		}
		catch (IOException | CallRejectedException ex) {
			// it has its answer: no matter why there is no more
		}
	}

	private static String path(HttpServletRequest request) {
		String path = request.getRequestURI();
		String application = request.getContextPath();
		return path.startsWith(application) ? path.substring(application.length()) : path;
	}

}
