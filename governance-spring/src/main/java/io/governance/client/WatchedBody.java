// SPDX-License-Identifier: Apache-2.0

package io.governance.client;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * The body of a response, which tells how it ended: well when it is read to its end or
 * closed, else with the error. Used by one thread at a time.
 */
public final class WatchedBody extends FilterInputStream {

	private final long length;

	private final Watcher watcher;

	private long bytes;

	/**
	 * Creates it.
	 * @param body the body
	 * @param length how many bytes must come; 0 or less where that is not known. The
	 * JDK's old client takes the end of a connection for the end of the answer.
	 * @param watcher is told how it ends
	 */
	public WatchedBody(InputStream body, long length, Watcher watcher) {
		super(body);
		this.length = length;
		this.watcher = watcher;
	}

	@Override
	public int read() throws IOException {
		try {
			int read = this.in.read();
			count((read < 0) ? -1 : 1);
			return read;
		}
		catch (IOException ex) {
			this.watcher.failed(ex);
			throw ex;
		}
	}

	@Override
	public int read(byte[] bytes, int offset, int length) throws IOException {
		try {
			int read = this.in.read(bytes, offset, length);
			count(read);
			return read;
		}
		catch (IOException ex) {
			this.watcher.failed(ex);
			throw ex;
		}
	}

	@Override
	public long skip(long count) throws IOException {
		long skipped = super.skip(count);
		this.bytes += skipped;
		return skipped;
	}

	private void count(int read) {
		if (read >= 0) {
			this.bytes += read;
		}
		else if (this.bytes < this.length) {
			this.watcher.failed(new EOFException("body ended early: " + this.bytes + " of " + this.length + " bytes"));
		}
		else {
			this.watcher.completed();
		}
	}

	@Override
	public void close() throws IOException {
		this.watcher.completed();
		super.close();
	}

	/** Is told how a body ended; of several reports the first counts. */
	public interface Watcher {

		/** It was read to its end, or the reader had enough of it. */
		void completed();

		/**
		 * It broke off.
		 * @param error how
		 */
		void failed(IOException error);

	}

}
