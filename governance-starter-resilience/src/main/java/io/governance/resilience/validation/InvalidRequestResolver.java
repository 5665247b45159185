// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.validation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

import io.governance.rejection.InvalidValue;
import io.governance.rejection.RejectionAnswer;
import io.governance.rejection.ServletAnswers;
import io.governance.rejection.TraceId;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.context.MessageSource;
import org.springframework.http.HttpHeaders;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.support.RequestContextUtils;

/**
 * Answers for requests of Spring MVC that are not valid. Comes after the application's
 * exception handlers, and leaves browsers that want a page to the error page.
 */
public final class InvalidRequestResolver implements HandlerExceptionResolver {

	private final InvalidValues values;

	/**
	 * Creates it.
	 * @param messages the application's messages
	 */
	public InvalidRequestResolver(MessageSource messages) {
		this.values = new InvalidValues(messages);
	}

	@Override
	public @Nullable ModelAndView resolveException(HttpServletRequest request, HttpServletResponse response,
			@Nullable Object handler, Exception ex) {
		if (response.isCommitted() || Media.wantsPage(request.getHeader(HttpHeaders.ACCEPT))) {
			return null;
		}
		List<InvalidValue> invalid = this.values.of(ex, handler, RequestContextUtils.getLocale(request),
				Media.isForm(request.getContentType()));
		if (invalid.isEmpty()) {
			return null;
		}
		try {
			response.resetBuffer();
			ServletAnswers.write(RejectionAnswer.invalidRequest(invalid, TraceId.current()), request, response);
			return new ModelAndView();
		}
		catch (IOException failure) {
			throw new UncheckedIOException(failure);
		}
	}

}
