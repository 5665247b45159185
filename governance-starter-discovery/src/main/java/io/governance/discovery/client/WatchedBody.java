// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.client;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

import org.springframework.http.StreamingHttpOutputMessage.Body;

/**
 * A body that knows, when its writing fails, whether the source failed or the connection.
 */
final class WatchedBody implements Body {

	private final Body source;

	private volatile boolean sourceFailed;

	WatchedBody(Body source) {
		this.source = source;
	}

	boolean hasSourceFailed() {
		return this.sourceFailed;
	}

	@Override
	public boolean repeatable() {
		return this.source.repeatable();
	}

	@Override
	public void writeTo(OutputStream out) throws IOException {
		Connection connection = new Connection(out);
		boolean written = false;
		try {
			this.source.writeTo(connection);
			written = true;
		}
		finally {
			this.sourceFailed = !written && !connection.failed;
		}
	}

	/**
	 * Remembers that writing to it failed.
	 */
	private static final class Connection extends FilterOutputStream {

		private boolean failed;

		Connection(OutputStream out) {
			super(out);
		}

		@Override
		public void write(int value) throws IOException {
			this.failed = true;
			this.out.write(value);
			this.failed = false;
		}

		@Override
		public void write(byte[] bytes, int offset, int length) throws IOException {
			this.failed = true;
			this.out.write(bytes, offset, length);
			this.failed = false;
		}

		@Override
		public void flush() throws IOException {
			this.failed = true;
			super.flush();
			this.failed = false;
		}

	}

}
