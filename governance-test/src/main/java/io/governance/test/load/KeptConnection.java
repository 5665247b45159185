// SPDX-License-Identifier: Apache-2.0

package io.governance.test.load;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * One connection with at most one request in flight. Reads answers with a
 * {@code Content-Length} or in chunks.
 */
final class KeptConnection implements AutoCloseable {

	private static final int TIMEOUT_MILLIS = 30_000;

	private final Socket socket;

	private final InputStream in;

	private final byte[] line = new byte[16 * 1024];

	private boolean last;

	KeptConnection(int port) throws IOException {
		this.socket = new Socket(InetAddress.getLoopbackAddress(), port);
		this.socket.setTcpNoDelay(true);
		this.socket.setSoTimeout(TIMEOUT_MILLIS);
		this.in = new BufferedInputStream(this.socket.getInputStream(), 16 * 1024);
	}

	/**
	 * Sends a request and reads its answer.
	 * @return the status
	 */
	int exchange(byte[] request) throws IOException {
		this.socket.getOutputStream().write(request);
		int status = Integer.parseInt(readLine().substring(9, 12));
		long length = 0;
		boolean chunked = false;
		for (String header = readLine(); !header.isEmpty(); header = readLine()) {
			String lower = header.toLowerCase(Locale.ROOT);
			if (lower.startsWith("content-length:")) {
				length = Long.parseLong(lower.substring(15).strip());
			}
			chunked |= lower.startsWith("transfer-encoding:") && lower.endsWith("chunked");
			this.last |= lower.startsWith("connection:") && lower.endsWith("close");
		}
		if (chunked) {
			skipChunks();
		}
		this.in.skipNBytes(length);
		return status;
	}

	private void skipChunks() throws IOException {
		for (int size = chunkSize(); size > 0; size = chunkSize()) {
			this.in.skipNBytes(size);
			readLine();
		}
		readLine();
	}

	private int chunkSize() throws IOException {
		return Integer.parseInt(readLine(), 16);
	}

	private String readLine() throws IOException {
		int length = 0;
		for (int read = this.in.read(); read != '\n'; read = this.in.read()) {
			if (read < 0 || length == this.line.length) {
				throw new EOFException("connection closed within an answer, or a line of more than " + length);
			}
			this.line[length++] = (byte) read;
		}
		return new String(this.line, 0, Math.max(0, length - 1), StandardCharsets.ISO_8859_1);
	}

	/**
	 * Whether the server closes the connection after its last answer.
	 */
	boolean isLast() {
		return this.last;
	}

	@Override
	public void close() throws IOException {
		this.socket.close();
	}

}
