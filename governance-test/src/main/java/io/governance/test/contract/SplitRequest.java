// SPDX-License-Identifier: Apache-2.0

package io.governance.test.contract;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;

/**
 * A {@code POST} whose body follows its head after a while, as it does where a network
 * splits them. A server that answers and ends the connection in between resets it.
 */
public final class SplitRequest implements AutoCloseable {

	/** How long a server has to answer too early. */
	private static final int EARLY_MILLIS = 250;

	private static final int TIMEOUT_MILLIS = 30_000;

	private final Socket socket;

	private final BufferedReader in;

	/**
	 * Connects, and sends the head of the request.
	 * @param port the server's port
	 * @param path the path
	 * @throws IOException if there is no server
	 */
	public SplitRequest(int port, String path) throws IOException {
		this.socket = new Socket(InetAddress.getLoopbackAddress(), port);
		this.in = new BufferedReader(new InputStreamReader(this.socket.getInputStream(), StandardCharsets.US_ASCII));
		send("POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\n");
	}

	private void send(String text) throws IOException {
		this.socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
	}

	/**
	 * Waits for an answer that comes before the body was sent.
	 * @return whether one came
	 * @throws IOException if the connection broke
	 */
	public boolean isAnsweredEarly() throws IOException {
		this.socket.setSoTimeout(EARLY_MILLIS);
		this.in.mark(1);
		try {
			this.in.read();
			this.in.reset();
			return true;
		}
		catch (SocketTimeoutException ex) {
			return false;
		}
	}

	/**
	 * Sends the body.
	 * @return the first line of the answer
	 * @throws IOException if the connection broke
	 */
	public String finish() throws IOException {
		this.socket.setSoTimeout(TIMEOUT_MILLIS);
		send("{}");
		return String.valueOf(this.in.readLine());
	}

	@Override
	public void close() throws IOException {
		this.socket.close();
	}

}
