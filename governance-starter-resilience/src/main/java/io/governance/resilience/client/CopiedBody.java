// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.client;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

import io.governance.answer.AnswerCopy;

/**
 * A body that is copied as it is read.
 */
final class CopiedBody extends FilterInputStream {

	private final AnswerCopy copy;

	/**
	 * Of the length that was promised, how much is still to come; negative for unknown,
	 * as it is of a body that the client decodes: what was promised is its encoded
	 * length.
	 */
	private long left;

	CopiedBody(InputStream body, AnswerCopy copy, long length) {
		super(body);
		this.copy = copy;
		this.left = length;
	}

	@Override
	public int read() throws IOException {
		byte[] one = new byte[1];
		return (read(one, 0, 1) < 0) ? -1 : one[0] & 0xff;
	}

	@Override
	public int read(byte[] bytes, int offset, int length) throws IOException {
		int read;
		try {
			read = this.in.read(bytes, offset, length);
		}
		catch (IOException ex) {
			this.copy.abandon();
			throw ex;
		}
		if (read < 0) {
			end();
		}
		else {
			this.copy.write(bytes, offset, read);
			// readers that know the length do not read on to find the end
			this.left -= read;
			if (this.left == 0) {
				this.copy.complete();
			}
		}
		return read;
	}

	/**
	 * There are clients that take a connection that broke for the end of the body.
	 */
	private void end() {
		if (this.left > 0) {
			this.copy.abandon();
		}
		else {
			this.copy.complete();
		}
	}

	@Override
	public long skip(long count) throws IOException {
		this.copy.abandon();
		return super.skip(count);
	}

	@Override
	public boolean markSupported() {
		return false;
	}

	@Override
	public void close() throws IOException {
		this.copy.abandon();
		super.close();
	}

}
