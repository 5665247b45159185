// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.export;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Passes connections on, and can leave those that are open without a word: as a network
 * that has lost a route.
 */
final class Relay implements AutoCloseable {

	private final ServerSocket listener;

	private final int target;

	private final List<AtomicBoolean> open = new CopyOnWriteArrayList<>();

	private final List<Socket> sockets = new CopyOnWriteArrayList<>();

	private Relay(ServerSocket listener, int target) {
		this.listener = listener;
		this.target = target;
	}

	static Relay to(int port) {
		try {
			Relay relay = new Relay(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), port);
			run(relay::accept);
			return relay;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void accept() throws IOException {
		while (true) {
			Socket client = this.listener.accept();
			Socket server = new Socket(InetAddress.getLoopbackAddress(), this.target);
			AtomicBoolean stalled = new AtomicBoolean();
			this.open.add(stalled);
			this.sockets.addAll(List.of(client, server));
			run(() -> pass(client.getInputStream(), server.getOutputStream(), stalled));
			run(() -> pass(server.getInputStream(), client.getOutputStream(), stalled));
		}
	}

	private static void pass(InputStream in, OutputStream out, AtomicBoolean stalled) throws IOException {
		byte[] buffer = new byte[8192];
		for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
			if (!stalled.get()) {
				out.write(buffer, 0, count);
			}
		}
	}

	int port() {
		return this.listener.getLocalPort();
	}

	void stallOpenConnections() {
		this.open.forEach((stalled) -> stalled.set(true));
	}

	@Override
	public void close() {
		try {
			this.listener.close();
			for (Socket socket : this.sockets) {
				socket.close();
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static void run(Passing passing) {
		Thread thread = new Thread(() -> {
			try {
				passing.run();
			}
			catch (IOException ex) {
				// the end of a connection, or of the test
			}
		}, "test-relay");
		thread.setDaemon(true);
		thread.start();
	}

	private interface Passing {

		void run() throws IOException;

	}

}
