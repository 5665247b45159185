// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.web;

import java.io.IOException;

import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Writes the trace id of the current span into a response header before anything else can
 * commit the response, so that rejections and errors carry it too. Must run inside
 * Spring's observation filter. Thread-safe.
 */
public final class TraceIdServletFilter extends OncePerRequestFilter {

	private final Tracer tracer;

	private final String headerName;

	/**
	 * Creates a filter.
	 * @param tracer knows the current span
	 * @param headerName the response header
	 */
	public TraceIdServletFilter(Tracer tracer, String headerName) {
		this.tracer = tracer;
		this.headerName = headerName;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		Span span = this.tracer.currentSpan();
		if (span != null) {
			response.setHeader(this.headerName, span.context().traceId());
		}
		chain.doFilter(request, response);
	}

}
