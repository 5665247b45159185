// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.servlet;

import java.io.IOException;

import io.governance.context.RequestAttributes;
import io.governance.policy.Rejection;
import io.governance.rejection.RejectionAnswer;
import io.governance.rejection.ServletAnswers;
import io.governance.rejection.TraceId;
import io.governance.resilience.inbound.EscapedRejection;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/**
 * Writes rejections into Servlet responses. Thread-safe.
 */
final class ServletRejections {

	private final RejectionCors cors;

	ServletRejections(RejectionCors cors) {
		this.cors = cors;
	}

	void reject(HttpServletRequest request, HttpServletResponse response, Rejection rejection)
			throws IOException, ServletException {
		request.setAttribute(RequestAttributes.REJECTION, rejection);
		this.cors.answer(request, response, (req, res) -> ServletAnswers
			.write(RejectionAnswer.beforeWork(rejection, TraceId.current()), request, response));
	}

	/**
	 * Answers for an error that is a rejected inner call, as long as that can be done.
	 * @return whether the error was answered
	 */
	static boolean answer(Throwable error, HttpServletRequest request, HttpServletResponse response)
			throws IOException {
		Rejection rejection = EscapedRejection.of(error);
		if (rejection == null || response.isCommitted()) {
			return false;
		}
		request.setAttribute(RequestAttributes.REJECTION, rejection);
		response.resetBuffer();
		ServletAnswers.write(RejectionAnswer.afterWork(rejection, TraceId.current()), request, response);
		return true;
	}

	/**
	 * Whether an error is a rejected inner call.
	 */
	static boolean isRejection(Throwable error) {
		return EscapedRejection.of(error) != null;
	}

}
