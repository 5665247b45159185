// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.client;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

import io.governance.discovery.mirror.Mirroring;

import org.springframework.http.StreamingHttpOutputMessage.Body;

/**
 * A body that is shown to the copies of its call while it is written.
 */
final class MirroredBody implements Body {

	private final Body source;

	private final Mirroring copies;

	private volatile boolean begun;

	MirroredBody(Body source, Mirroring copies) {
		this.source = source;
		this.copies = copies;
	}

	/**
	 * Clients may go on to write when the response is already there.
	 */
	void abandonUnlessBegun() {
		if (!this.begun) {
			this.copies.abandon();
		}
	}

	@Override
	public boolean repeatable() {
		return this.source.repeatable();
	}

	@Override
	public void writeTo(OutputStream out) throws IOException {
		this.begun = true;
		boolean whole = false;
		try {
			this.source.writeTo(new Shown(out, this.copies));
			whole = true;
		}
		finally {
			if (whole) {
				this.copies.complete();
			}
			else {
				this.copies.abandon();
			}
		}
	}

	private static final class Shown extends FilterOutputStream {

		private final Mirroring copies;

		Shown(OutputStream out, Mirroring copies) {
			super(out);
			this.copies = copies;
		}

		@Override
		public void write(int value) throws IOException {
			this.out.write(value);
			this.copies.write(new byte[] { (byte) value }, 0, 1);
		}

		@Override
		public void write(byte[] bytes, int offset, int length) throws IOException {
			this.out.write(bytes, offset, length);
			this.copies.write(bytes, offset, length);
		}

	}

}
