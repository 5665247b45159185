// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.server;

import java.io.IOException;

import io.governance.context.RequestAttributes;
import io.governance.policy.Rejection;
import io.governance.rejection.RejectionAnswer;
import io.governance.rejection.ServletAnswers;
import io.governance.rejection.TraceId;
import io.governance.resilience.servlet.RejectionCors;
import io.governance.time.TimeSource;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

/**
 * Limits request bodies in a Servlet container: refuses at once what says that it is too
 * large, and counts the rest while it is read. Forms and uploads that the container reads
 * by itself have the container's limits. Thread-safe.
 */
public final class BodyLimitFilter implements Filter {

	private final ServerLimits limits;

	private final TimeSource time;

	private final @Nullable RejectionCors cors;

	/**
	 * Creates the filter.
	 * @param limits the limits
	 * @param time the clock
	 * @param cors puts CORS headers on refusals; {@code null} for nothing
	 */
	public BodyLimitFilter(ServerLimits limits, TimeSource time, @Nullable RejectionCors cors) {
		this.limits = limits;
		this.time = time;
		this.cors = cors;
	}

	@Override
	public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
			throws IOException, ServletException {
		if (!(request instanceof HttpServletRequest http && response instanceof HttpServletResponse httpResponse)
				|| http.getContentLengthLong() == 0) {
			chain.doFilter(request, response);
			return;
		}
		if (this.limits.isTooLarge(http.getContentLengthLong())) {
			Rejection rejection = Rejection.of(ServerLimits.BODY_TOO_LARGE);
			http.setAttribute(RequestAttributes.REJECTION, rejection);
			httpResponse.setHeader("Connection", "close");
			refuse(http, httpResponse, (req, res) -> ServletAnswers
				.write(RejectionAnswer.beforeWork(rejection, TraceId.current()), http, httpResponse));
			return;
		}
		chain.doFilter(new LimitedServletRequest(http, new BodyMeter(this.limits, this.time)), response);
	}

	private void refuse(HttpServletRequest request, HttpServletResponse response, FilterChain answer)
			throws IOException, ServletException {
		if (this.cors != null) {
			this.cors.answer(request, response, answer);
		}
		else {
			answer.doFilter(request, response);
		}
	}

}
