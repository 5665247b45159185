// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.servlet;

import java.io.IOException;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.WriteListener;

/**
 * What a handler writes: to the container's stream, or, if the call is answered already,
 * to nowhere.
 */
final class TimedStream extends ServletOutputStream {

	private final ServletResponse response;

	private final TimedAnswer answer;

	TimedStream(ServletResponse response, TimedAnswer answer) {
		this.response = response;
		this.answer = answer;
	}

	@Override
	public void write(int b) throws IOException {
		if (this.answer.mayAnswer()) {
			this.response.getOutputStream().write(b);
		}
	}

	@Override
	public void write(byte[] bytes, int offset, int length) throws IOException {
		if (this.answer.mayAnswer()) {
			this.response.getOutputStream().write(bytes, offset, length);
		}
	}

	@Override
	public void flush() throws IOException {
		if (this.answer.mayAnswer()) {
			this.response.getOutputStream().flush();
		}
	}

	@Override
	public void close() throws IOException {
		if (this.answer.mayAnswer()) {
			this.response.getOutputStream().close();
		}
	}

	@Override
	public boolean isReady() {
		try {
			return !this.answer.mayAnswer() || this.response.getOutputStream().isReady();
		}
		catch (IOException ex) {
			// writing will say it
			return true;
		}
	}

	@Override
	public void setWriteListener(WriteListener listener) {
		try {
			if (this.answer.mayAnswer()) {
				this.response.getOutputStream().setWriteListener(listener);
			}
		}
		catch (IOException ex) {
			listener.onError(ex);
		}
	}

}
