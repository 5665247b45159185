// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.servlet;

import java.io.IOException;
import java.io.UncheckedIOException;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.ModelAndView;

/**
 * Answers for a rejected outbound call that a handler let escape. Comes after Spring
 * MVC's own resolvers, so that the application's exception handlers have the first say.
 */
public final class RejectedCallResolver implements HandlerExceptionResolver, Ordered {

	/** Right behind Spring MVC's composite of resolvers, which has order 0. */
	public static final int ORDER = 1;

	@Override
	public @Nullable ModelAndView resolveException(HttpServletRequest request, HttpServletResponse response,
			@Nullable Object handler, Exception ex) {
		try {
			return ServletRejections.answer(ex, request, response) ? new ModelAndView() : null;
		}
		catch (IOException failure) {
			throw new UncheckedIOException(failure);
		}
	}

	@Override
	public int getOrder() {
		return ORDER;
	}

}
