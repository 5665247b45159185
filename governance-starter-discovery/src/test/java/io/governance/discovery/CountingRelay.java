// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands between a client and a server on the loopback address, hands on what comes, and
 * counts the connections that are there at once.
 */
final class CountingRelay implements AutoCloseable {

	private final ServerSocket server;

	private final int target;

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private final Set<Socket> open = ConcurrentHashMap.newKeySet();

	private final AtomicInteger present = new AtomicInteger();

	private final AtomicInteger most = new AtomicInteger();

	CountingRelay(int target) throws IOException {
		this.target = target;
		this.server = new ServerSocket(0, 1000, InetAddress.getLoopbackAddress());
		this.threads.execute(this::accept);
	}

	int port() {
		return this.server.getLocalPort();
	}

	/** The largest number of connections at once so far. */
	int most() {
		return this.most.get();
	}

	@Override
	public void close() {
		try {
			this.server.close();
			for (Socket socket : this.open) {
				socket.close();
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		finally {
			this.threads.shutdownNow();
		}
	}

	private void accept() {
		while (!this.server.isClosed()) {
			try {
				Socket client = this.server.accept();
				this.open.add(client);
				this.threads.execute(() -> relay(client));
			}
			catch (IOException | RejectedExecutionException ex) {
				return;
			}
		}
	}

	private void relay(Socket client) {
		this.most.accumulateAndGet(this.present.incrementAndGet(), Math::max);
		try (client; Socket upstream = new Socket(InetAddress.getLoopbackAddress(), this.target)) {
			this.open.add(upstream);
			this.threads.execute(() -> copy(upstream, client));
			copy(client, upstream);
			this.open.remove(upstream);
		}
		catch (IOException | RejectedExecutionException ex) {
			// the test is over, or the server closed
			return;
		}
		finally {
			this.open.remove(client);
			this.present.decrementAndGet();
		}
	}

	private static void copy(Socket from, Socket to) {
		try {
			from.getInputStream().transferTo(to.getOutputStream());
			to.shutdownOutput();
		}
		catch (IOException ex) {
			// one side is gone; the other one learns it by the end of the relay
			return;
		}
	}

}
