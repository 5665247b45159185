// SPDX-License-Identifier: Apache-2.0

package io.governance.rejection;

import java.io.IOException;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/**
 * Writes answers to rejected calls into Servlet responses. Stateless.
 */
public final class ServletAnswers {

	private ServletAnswers() {
	}

	/**
	 * Writes an answer; one to {@code HEAD} without its body.
	 * @param answer the answer
	 * @param request what is answered
	 * @param response not committed yet
	 * @throws IOException when the caller is gone
	 */
	public static void write(RejectionAnswer answer, HttpServletRequest request, HttpServletResponse response)
			throws IOException {
		response.setStatus(answer.status());
		answer.headers().forEach(response::setHeader);
		response.setContentLength(answer.body().length);
		if (!"HEAD".equals(request.getMethod())) {
			response.getOutputStream().write(answer.body());
		}
	}

}
