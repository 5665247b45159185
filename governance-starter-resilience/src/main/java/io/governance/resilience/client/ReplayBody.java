// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.client;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

import org.jspecify.annotations.Nullable;

import org.springframework.http.StreamingHttpOutputMessage.Body;
import org.springframework.util.FastByteArrayOutputStream;

/**
 * The body of a call, for each of its attempts. One that can be written only once is made
 * repeatable as far as it is small: what is streamed through is copied, until it becomes
 * too large. Clients write from threads of their own, one attempt after the other.
 */
final class ReplayBody implements Body {

	private final Body source;

	private final long maxBytes;

	private volatile State state = State.UNTOUCHED;

	private volatile @Nullable FastByteArrayOutputStream copy;

	private volatile boolean sourceFailed;

	ReplayBody(Body source, long maxBytes) {
		this.source = source;
		this.maxBytes = maxBytes;
	}

	/**
	 * Reads all of the source now, so that not even an attempt that breaks in the middle
	 * of the body uses it up. For sources that are known to be small.
	 */
	void readAll() throws IOException {
		writeTo(OutputStream.nullOutputStream());
	}

	/**
	 * Whether the source failed, and not what it was written to.
	 */
	boolean hasSourceFailed() {
		return this.sourceFailed;
	}

	@Override
	public boolean repeatable() {
		return this.source.repeatable() || this.state == State.UNTOUCHED || this.state == State.COPIED;
	}

	@Override
	public void writeTo(OutputStream out) throws IOException {
		FastByteArrayOutputStream copied = this.copy;
		if (copied != null) {
			copied.writeTo(out);
			return;
		}
		if (!repeatable()) {
			throw new IOException("the request body cannot be written again");
		}
		this.state = State.USED;
		Copying copying = new Copying(out, this.source.repeatable() ? 0 : this.maxBytes);
		boolean written = false;
		try {
			this.source.writeTo(copying);
			written = true;
		}
		finally {
			this.sourceFailed = !written && !copying.broken;
		}
		keep(copying.copy);
	}

	private void keep(@Nullable FastByteArrayOutputStream whole) {
		if (whole != null && !this.source.repeatable()) {
			this.copy = whole;
			this.state = State.COPIED;
		}
	}

	private enum State {

		/** The source can still be written. */
		UNTOUCHED,

		/** The source was written; there is a whole copy of it. */
		COPIED,

		/** The source was written in part, or is too large. */
		USED

	}

	/**
	 * Copies what passes, and gives the copy up when it is too large.
	 */
	private static final class Copying extends FilterOutputStream {

		private final long maxBytes;

		private @Nullable FastByteArrayOutputStream copy;

		private boolean broken;

		Copying(OutputStream out, long maxBytes) {
			super(out);
			this.maxBytes = maxBytes;
			this.copy = (maxBytes > 0) ? new FastByteArrayOutputStream() : null;
		}

		@Override
		public void write(int value) throws IOException {
			write(new byte[] { (byte) value }, 0, 1);
		}

		@Override
		public void write(byte[] bytes, int offset, int length) throws IOException {
			FastByteArrayOutputStream kept = this.copy;
			if (kept != null && kept.size() + (long) length <= this.maxBytes) {
				kept.write(bytes, offset, length);
			}
			else {
				this.copy = null;
			}
			this.broken = true;
			this.out.write(bytes, offset, length);
			this.broken = false;
		}

		@Override
		public void flush() throws IOException {
			this.broken = true;
			super.flush();
			this.broken = false;
		}

	}

}
