// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.servlet;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.Locale;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import org.jspecify.annotations.Nullable;

/**
 * The response that a handler works with while a deadline may answer in its place. Keeps
 * nothing back: the container's own buffer is the only one. The container's stream or
 * writer is taken when something is written, so that it is here where the one excludes
 * the other.
 */
final class TimedResponse extends HttpServletResponseWrapper {

	private final TimedAnswer answer;

	private @Nullable ServletOutputStream stream;

	private @Nullable PrintWriter writer;

	TimedResponse(HttpServletResponse response, TimedAnswer answer) {
		super(response);
		this.answer = answer;
	}

	@Override
	public ServletOutputStream getOutputStream() throws IOException {
		if (this.writer != null) {
			throw new IllegalStateException("the writer of this response is in use");
		}
		if (this.stream == null) {
			this.stream = new TimedStream(getResponse(), this.answer);
		}
		return this.stream;
	}

	@Override
	public PrintWriter getWriter() throws IOException {
		if (this.stream != null) {
			throw new IllegalStateException("the stream of this response is in use");
		}
		if (this.writer == null) {
			this.writer = new TimedWriter(getResponse(), this.answer);
		}
		return this.writer;
	}

	@Override
	public void flushBuffer() throws IOException {
		if (this.answer.mayAnswer()) {
			super.flushBuffer();
		}
	}

	@Override
	public void sendError(int status, String message) throws IOException {
		if (this.answer.mayAnswer()) {
			super.sendError(status, message);
		}
	}

	@Override
	public void sendError(int status) throws IOException {
		if (this.answer.mayAnswer()) {
			super.sendError(status);
		}
	}

	@Override
	public void sendRedirect(String location) throws IOException {
		sendRedirect(location, SC_FOUND, true);
	}

	@Override
	public void sendRedirect(String location, int status) throws IOException {
		sendRedirect(location, status, true);
	}

	@Override
	public void sendRedirect(String location, boolean clearBuffer) throws IOException {
		sendRedirect(location, SC_FOUND, clearBuffer);
	}

	@Override
	public void sendRedirect(String location, int status, boolean clearBuffer) throws IOException {
		if (this.answer.mayAnswer()) {
			super.sendRedirect(location, status, clearBuffer);
		}
	}

	@Override
	public void addCookie(Cookie cookie) {
		this.answer.change(() -> super.addCookie(cookie));
	}

	@Override
	public void setStatus(int status) {
		this.answer.change(() -> super.setStatus(status));
	}

	@Override
	public void setHeader(String name, @Nullable String value) {
		this.answer.change(() -> super.setHeader(name, value));
	}

	@Override
	public void addHeader(String name, String value) {
		this.answer.change(() -> super.addHeader(name, value));
	}

	@Override
	public void setIntHeader(String name, int value) {
		this.answer.change(() -> super.setIntHeader(name, value));
	}

	@Override
	public void addIntHeader(String name, int value) {
		this.answer.change(() -> super.addIntHeader(name, value));
	}

	@Override
	public void setDateHeader(String name, long date) {
		this.answer.change(() -> super.setDateHeader(name, date));
	}

	@Override
	public void addDateHeader(String name, long date) {
		this.answer.change(() -> super.addDateHeader(name, date));
	}

	@Override
	public void setContentType(String type) {
		this.answer.change(() -> super.setContentType(type));
	}

	@Override
	public void setContentLength(int length) {
		this.answer.change(() -> super.setContentLength(length));
	}

	@Override
	public void setContentLengthLong(long length) {
		this.answer.change(() -> super.setContentLengthLong(length));
	}

	@Override
	public void setCharacterEncoding(String encoding) {
		this.answer.change(() -> super.setCharacterEncoding(encoding));
	}

	@Override
	public void setCharacterEncoding(Charset encoding) {
		this.answer.change(() -> super.setCharacterEncoding(encoding));
	}

	@Override
	public void setLocale(Locale locale) {
		this.answer.change(() -> super.setLocale(locale));
	}

	@Override
	public void reset() {
		this.answer.change(() -> super.reset());
		this.stream = null;
		this.writer = null;
	}

	@Override
	public void resetBuffer() {
		this.answer.change(() -> super.resetBuffer());
	}

}
