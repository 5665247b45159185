// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import org.jspecify.annotations.Nullable;

/**
 * A request whose body is watched while it is read.
 */
final class LimitedServletRequest extends HttpServletRequestWrapper {

	private final BodyMeter meter;

	private @Nullable ServletInputStream stream;

	private @Nullable BufferedReader reader;

	LimitedServletRequest(HttpServletRequest request, BodyMeter meter) {
		super(request);
		this.meter = meter;
	}

	@Override
	public ServletInputStream getInputStream() throws IOException {
		if (this.stream == null) {
			this.stream = new LimitedStream(super.getInputStream(), this.meter);
		}
		return this.stream;
	}

	@Override
	public BufferedReader getReader() throws IOException {
		if (this.reader == null) {
			String encoding = getCharacterEncoding();
			this.reader = new BufferedReader(new InputStreamReader(getInputStream(),
					(encoding != null) ? Charset.forName(encoding) : StandardCharsets.ISO_8859_1));
		}
		return this.reader;
	}

	private static final class LimitedStream extends ServletInputStream {

		private final ServletInputStream stream;

		private final BodyMeter meter;

		private LimitedStream(ServletInputStream stream, BodyMeter meter) {
			this.stream = stream;
			this.meter = meter;
		}

		@Override
		public int read() throws IOException {
			this.meter.begin();
			int read = this.stream.read();
			this.meter.end((read >= 0) ? 1 : 0);
			return read;
		}

		@Override
		public int read(byte[] bytes, int offset, int length) throws IOException {
			this.meter.begin();
			int count = this.stream.read(bytes, offset, length);
			this.meter.end(count);
			return count;
		}

		@Override
		public int available() throws IOException {
			return this.stream.available();
		}

		@Override
		public boolean isFinished() {
			return this.stream.isFinished();
		}

		@Override
		public boolean isReady() {
			return this.stream.isReady();
		}

		@Override
		public void setReadListener(ReadListener listener) {
			this.stream.setReadListener(listener);
		}

		@Override
		public void close() throws IOException {
			this.stream.close();
		}

	}

}
