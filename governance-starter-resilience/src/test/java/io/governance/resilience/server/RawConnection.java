// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.server;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;

/**
 * A client that writes what and when it likes.
 */
final class RawConnection implements AutoCloseable {

	private final Socket socket;

	RawConnection(int port) throws IOException {
		this(new Socket("127.0.0.1", port));
	}

	RawConnection(Socket socket) throws IOException {
		this.socket = socket;
		this.socket.setSoTimeout(15_000);
		this.socket.setTcpNoDelay(true);
	}

	RawConnection patience(int millis) throws SocketException {
		this.socket.setSoTimeout(millis);
		return this;
	}

	/**
	 * Writes.
	 * @return whether the connection took it
	 */
	boolean write(String text) {
		try {
			this.socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
			return true;
		}
		catch (IOException ex) {
			return false;
		}
	}

	/**
	 * Reads the status of the next answer.
	 * @return the status; 0 when the connection was closed, -1 when nothing came
	 */
	int status() throws IOException {
		try {
			byte[] line = this.socket.getInputStream().readNBytes(12);
			return (line.length < 12) ? 0
					: Integer.parseInt(new String(line, StandardCharsets.US_ASCII).substring(9, 12));
		}
		catch (SocketTimeoutException ex) {
			return -1;
		}
		catch (SocketException ex) {
			return 0;
		}
	}

	/**
	 * Reads all that follows.
	 */
	String rest() {
		StringBuilder all = new StringBuilder();
		byte[] buffer = new byte[4096];
		try {
			InputStream in = this.socket.getInputStream();
			for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
				all.append(new String(buffer, 0, count, StandardCharsets.UTF_8));
			}
		}
		catch (IOException ex) {
			return all.toString();
		}
		return all.toString();
	}

	/**
	 * Reads all that follows, and tells whether the server closed the connection.
	 */
	boolean isClosed() {
		try {
			InputStream in = this.socket.getInputStream();
			while (in.read() >= 0) {
				continue;
			}
			return true;
		}
		catch (IOException ex) {
			return !(ex instanceof SocketTimeoutException);
		}
	}

	@Override
	public void close() throws IOException {
		this.socket.close();
	}

}
