// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.servlet;

import io.governance.resilience.inbound.InboundRun;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.ModelAndView;

/**
 * Resolves nothing: sees errors before Spring MVC swallows them, such as those of a
 * client that went away, and notes them with the run.
 */
public final class BrokenCallObserver implements HandlerExceptionResolver, Ordered {

	@Override
	public @Nullable ModelAndView resolveException(HttpServletRequest request, HttpServletResponse response,
			@Nullable Object handler, Exception ex) {
		if (request.getAttribute(InboundRun.ATTRIBUTE) instanceof InboundRun run) {
			RunListener.note(ex, run, response);
		}
		return null;
	}

	@Override
	public int getOrder() {
		return Ordered.HIGHEST_PRECEDENCE;
	}

}
