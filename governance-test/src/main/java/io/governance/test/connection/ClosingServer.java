// SPDX-License-Identifier: Apache-2.0

package io.governance.test.connection;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Answers the first request of a connection, and treats the connection badly then.
 */
public final class ClosingServer implements AutoCloseable {

	/** As long as a client needs to see that the connection was closed. */
	private static final int SEEN_MILLIS = 400;

	private static final byte[] OK = ("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n\r\nok")
		.getBytes(StandardCharsets.US_ASCII);

	private final ServerSocket socket;

	private final Manner manner;

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private final List<String> requests = new CopyOnWriteArrayList<>();

	private final Semaphore closed = new Semaphore(0);

	private final Semaphore left = new Semaphore(0);

	/**
	 * Starts a server on a free port.
	 * @param manner what becomes of a connection after its first answer
	 * @throws IOException if it cannot listen
	 */
	public ClosingServer(Manner manner) throws IOException {
		this.manner = manner;
		this.socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
		this.threads.execute(this::accept);
	}

	/**
	 * Where it listens.
	 * @return the address
	 */
	public URI uri() {
		return URI.create("http://127.0.0.1:" + this.socket.getLocalPort());
	}

	/**
	 * The request lines that came.
	 * @return the lines, in order; live
	 */
	public List<String> requests() {
		return this.requests;
	}

	/**
	 * Waits until a connection was closed while it was idle, and its client could see
	 * that; not at all in the other manners.
	 * @throws InterruptedException if the thread is interrupted
	 */
	public void awaitClosed() throws InterruptedException {
		if (this.manner == Manner.FIN_WHILE_IDLE && !this.closed.tryAcquire(10, TimeUnit.SECONDS)) {
			throw new IllegalStateException("no connection was closed");
		}
	}

	/**
	 * Waits until a client closed a connection that was idle.
	 * @param patience how long at most
	 * @return whether one did
	 * @throws InterruptedException if the thread is interrupted
	 */
	public boolean awaitLeft(Duration patience) throws InterruptedException {
		return this.left.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS);
	}

	private void accept() {
		try {
			while (true) {
				Socket connection = this.socket.accept();
				this.threads.execute(() -> serve(connection));
			}
		}
		catch (IOException ex) {
			// the test has ended
			this.threads.shutdown();
		}
	}

	private void serve(Socket connection) {
		try (connection) {
			connection.setTcpNoDelay(true);
			InputStream in = new BufferedInputStream(connection.getInputStream());
			if (!read(in)) {
				return;
			}
			connection.getOutputStream().write(OK);
			if (this.manner == Manner.FIN_WHILE_IDLE) {
				close(connection);
				return;
			}
			boolean reused = read(in);
			if (!reused) {
				this.left.release();
			}
			if (reused && this.manner == Manner.RST_ON_REUSE) {
				connection.setSoLinger(true, 0);
			}
		}
		catch (IOException ex) {
			// the client gave up
			return;
		}
	}

	private void close(Socket connection) throws IOException {
		connection.shutdownOutput();
		connection.setSoTimeout(SEEN_MILLIS);
		try {
			connection.getInputStream().read();
		}
		catch (SocketTimeoutException ex) {
			// the client looks when it needs the connection
			this.closed.release();
			return;
		}
		this.closed.release();
	}

	/**
	 * Reads a request.
	 * @return whether there was one
	 */
	private boolean read(InputStream in) throws IOException {
		String line = line(in);
		if (line.isEmpty()) {
			return false;
		}
		this.requests.add(line);
		int length = 0;
		boolean chunked = false;
		for (String header = line(in); !header.isEmpty(); header = line(in)) {
			String lower = header.toLowerCase(Locale.ROOT);
			length = lower.startsWith("content-length:") ? Integer.parseInt(lower.substring(15).trim()) : length;
			chunked |= lower.startsWith("transfer-encoding:") && lower.contains("chunked");
		}
		in.readNBytes(length);
		while (chunked && !line(in).equals("0")) {
			// its data, and the line's end
			continue;
		}
		if (chunked) {
			line(in);
		}
		return true;
	}

	private static String line(InputStream in) throws IOException {
		StringBuilder line = new StringBuilder();
		for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
			if (next != '\r') {
				line.append((char) next);
			}
		}
		return line.toString();
	}

	@Override
	public void close() throws IOException {
		this.socket.close();
		this.threads.shutdownNow();
	}

	/** What becomes of a connection after its first answer. */
	public enum Manner {

		/** Closed while nobody uses it. */
		FIN_WHILE_IDLE,

		/** Reset when the next request was read, with no byte answered. */
		RST_ON_REUSE,

		/** Closed when the next request was read, with no byte answered. */
		FIN_ON_REUSE

	}

}
