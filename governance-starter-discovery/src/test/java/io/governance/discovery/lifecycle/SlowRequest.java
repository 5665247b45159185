// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.lifecycle;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A {@code POST} whose body follows its head byte by byte. Where a server ends the
 * connection in between, it resets the next bytes.
 */
final class SlowRequest implements AutoCloseable {

	private static final int BYTES = 20;

	private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

	private final Socket socket;

	SlowRequest(int port, String path) throws IOException {
		this.socket = new Socket(InetAddress.getLoopbackAddress(), port);
		this.socket.setTcpNoDelay(true);
		this.socket.setSoTimeout(30_000);
		send("POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + BYTES + "\r\n\r\n");
	}

	private void send(String text) throws IOException {
		this.socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
	}

	/**
	 * Sends the body, and then reads the answer and the end of the connection.
	 * @return the first line of the answer
	 * @throws IOException if the connection was reset
	 */
	String finish() throws IOException {
		for (int i = 0; i < BYTES; i++) {
			LockSupport.parkNanos(PAUSE_NANOS);
			send("x");
		}
		BufferedReader answer = new BufferedReader(
				new InputStreamReader(this.socket.getInputStream(), StandardCharsets.US_ASCII));
		return answer.lines().toList().get(0);
	}

	@Override
	public void close() throws IOException {
		this.socket.close();
	}

}
