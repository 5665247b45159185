// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.grpc;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Stands between a client and a server, and can break their connections.
 */
final class Relay implements AutoCloseable {

	private final ServerSocket server;

	private final int port;

	private final Set<Socket> connections = ConcurrentHashMap.newKeySet();

	Relay(int port) {
		this.port = port;
		try {
			this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		run(this::accept);
	}

	int port() {
		return this.server.getLocalPort();
	}

	void breakConnections() {
		this.connections.forEach(Relay::close);
	}

	@Override
	public void close() {
		close(this.server);
		breakConnections();
	}

	private void accept() throws IOException {
		while (!this.server.isClosed()) {
			Socket client = this.server.accept();
			Socket target = new Socket(InetAddress.getLoopbackAddress(), this.port);
			this.connections.add(client);
			this.connections.add(target);
			run(() -> copy(client, target));
			run(() -> copy(target, client));
		}
	}

	private void copy(Socket from, Socket to) throws IOException {
		try (from; to) {
			from.getInputStream().transferTo(to.getOutputStream());
		}
		finally {
			this.connections.remove(from);
		}
	}

	private static void close(AutoCloseable closed) {
		try {
			closed.close();
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static void run(Task task) {
		Thread thread = new Thread(() -> {
			try {
				task.run();
			}
			catch (IOException ex) {
				// one side has gone
				return;
			}
		}, "relay");
		thread.setDaemon(true);
		thread.start();
	}

	@FunctionalInterface
	private interface Task {

		void run() throws IOException;

	}

}
