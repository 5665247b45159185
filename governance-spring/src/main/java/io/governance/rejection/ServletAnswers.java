// SPDX-License-Identifier: Apache-2.0

package io.governance.rejection;

import java.io.IOException;
import java.io.InputStream;

import io.governance.policy.CallRejectedException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/**
 * Writes answers to rejected calls into Servlet responses. Stateless.
 */
public final class ServletAnswers {

	/** A body up to this size, in bytes, is read before its call is refused. */
	private static final int SHORT_BODY = 64 * 1024;

	private ServletAnswers() {
	}

	/**
	 * Writes an answer to a call whose body nobody has read. A body of up to 64 KiB is
	 * read first: a server that ends the connection while the caller still sends resets
	 * it, and the caller may never see the answer.
	 * @param answer the answer
	 * @param request what is answered
	 * @param response not committed yet
	 * @throws IOException when the caller is gone
	 */
	public static void refuse(RejectionAnswer answer, HttpServletRequest request, HttpServletResponse response)
			throws IOException {
		if (hasShortBody(request)) {
			discard(request.getInputStream());
		}
		write(answer, request, response);
	}

	private static boolean hasShortBody(HttpServletRequest request) {
		long length = request.getContentLengthLong();
		boolean isShort = (length > 0) ? length <= SHORT_BODY : request.getHeader("Transfer-Encoding") != null;
		// a caller that awaits the word to go on sends nothing after an answer
		return isShort && request.getHeader("Expect") == null;
	}

	private static void discard(InputStream body) throws IOException {
		byte[] buffer = new byte[1024];
		int left = SHORT_BODY;
		try {
			while (left > 0) {
				int count = body.read(buffer);
				if (count < 0) {
					return;
				}
				left -= count;
			}
		}
		catch (CallRejectedException ex) {
			// a limit of this service: enough of it was read
		}
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
