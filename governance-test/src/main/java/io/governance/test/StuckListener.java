// SPDX-License-Identifier: Apache-2.0

package io.governance.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/**
 * An address at which no connection can be made, and none is refused: as a machine that
 * has gone. A listening socket that accepts nothing and whose queue is full. To be
 * closed.
 */
public final class StuckListener implements AutoCloseable {

	private static final int MOST = 20;

	private static final int STUCK_MILLIS = 300;

	private final ServerSocket listener;

	private final List<Socket> queued = new ArrayList<>();

	private StuckListener(ServerSocket listener) {
		this.listener = listener;
	}

	/**
	 * Opens a listener and fills its queue.
	 * @return the listener
	 */
	public static StuckListener open() {
		try {
			StuckListener stuck = new StuckListener(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
			stuck.fill();
			return stuck;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void fill() throws IOException {
		for (int i = 0; i < MOST; i++) {
			Socket socket = new Socket();
			this.queued.add(socket);
			try {
				socket.connect(this.listener.getLocalSocketAddress(), STUCK_MILLIS);
			}
			catch (SocketTimeoutException ex) {
				return;
			}
		}
		throw new IOException("listen queue: not full after " + MOST + " connections (expected: a bounded one)");
	}

	/**
	 * The address.
	 * @return scheme, host and port
	 */
	public URI uri() {
		return URI
			.create("http://" + this.listener.getInetAddress().getHostAddress() + ":" + this.listener.getLocalPort());
	}

	@Override
	public void close() {
		try {
			this.listener.close();
			for (Socket socket : this.queued) {
				socket.close();
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
