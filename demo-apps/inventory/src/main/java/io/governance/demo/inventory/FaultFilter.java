// SPDX-License-Identifier: Apache-2.0

package io.governance.demo.inventory;

import java.io.IOException;
import java.time.Duration;

import io.governance.context.GovernanceHeaders;
import io.governance.time.TimeSource;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Does to requests what the present fault is. The actuator has none: the registry goes on
 * believing that all is well, as it does when a real instance fails like that.
 */
final class FaultFilter extends OncePerRequestFilter {

	private static final String FAULT = "demo fault";

	private static final Duration LONGEST_HANG = Duration.ofMinutes(1);

	private final Faults faults;

	private final TimeSource time;

	FaultFilter(Faults faults, TimeSource time) {
		this.faults = faults;
		this.time = time;
	}

	@Override
	protected boolean shouldNotFilter(HttpServletRequest request) {
		return request.getRequestURI().startsWith("/actuator");
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws IOException, ServletException {
		Fault fault = this.faults.present();
		switch (fault) {
			case OFF -> measure(request, response, chain);
			case ERRORS -> response.sendError(HttpServletResponse.SC_INTERNAL_SERVER_ERROR, FAULT);
			case UNAVAILABLE -> response.sendError(HttpServletResponse.SC_SERVICE_UNAVAILABLE, FAULT);
			case REFUSING -> {
				response.setHeader(GovernanceHeaders.NOT_PROCESSED, "true");
				response.sendError(HttpServletResponse.SC_SERVICE_UNAVAILABLE, FAULT);
			}
			case HANG -> {
				hold(fault, LONGEST_HANG);
				response.sendError(HttpServletResponse.SC_SERVICE_UNAVAILABLE, FAULT);
			}
			case SLOW -> {
				hold(fault, this.faults.slowness());
				chain.doFilter(request, response);
			}
		}
	}

	private void measure(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws IOException, ServletException {
		long begin = this.time.nanoTime();
		chain.doFilter(request, response);
		this.faults.took(this.time.nanoTime() - begin);
	}

	private void hold(Fault fault, Duration most) {
		try {
			this.faults.hold(fault, most);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
