// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.servlet;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;

import jakarta.servlet.ServletResponse;

/**
 * What a handler writes as text: to the container's writer, or, if the call is answered
 * already, to nowhere.
 */
final class TimedWriter extends PrintWriter {

	private final ServletResponse response;

	private final TimedAnswer answer;

	TimedWriter(ServletResponse response, TimedAnswer answer) {
		super(new Target(response, answer));
		this.response = response;
		this.answer = answer;
	}

	/**
	 * The container's writer keeps its errors to itself until it is asked. That flushes,
	 * so before anything is written it is not.
	 */
	@Override
	public boolean checkError() {
		return this.answer.isTimedOut() || (this.answer.isBegun() && (super.checkError() || isBroken()));
	}

	private boolean isBroken() {
		try {
			return this.response.getWriter().checkError();
		}
		catch (IOException ex) {
			return true;
		}
	}

	private static final class Target extends Writer {

		private final ServletResponse response;

		private final TimedAnswer answer;

		Target(ServletResponse response, TimedAnswer answer) {
			this.response = response;
			this.answer = answer;
		}

		@Override
		public void write(char[] text, int offset, int length) throws IOException {
			if (this.answer.mayAnswer()) {
				this.response.getWriter().write(text, offset, length);
			}
		}

		@Override
		public void flush() throws IOException {
			if (this.answer.mayAnswer()) {
				this.response.getWriter().flush();
			}
		}

		@Override
		public void close() throws IOException {
			if (this.answer.mayAnswer()) {
				this.response.getWriter().close();
			}
		}

	}

}
