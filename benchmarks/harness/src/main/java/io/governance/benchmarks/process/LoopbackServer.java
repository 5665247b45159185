// SPDX-License-Identifier: Apache-2.0

package io.governance.benchmarks.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.LongAdder;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/**
 * A server that answers everything alike: what a gateway forwards to, and what takes the
 * spans that programs send.
 */
public final class LoopbackServer implements AutoCloseable {

	static {
		// else answers wait 40 ms for the peer's delayed acknowledgement
		System.setProperty("sun.net.httpserver.nodelay", "true");
	}

	private final HttpServer server;

	private final ExecutorService executor = Executors.newFixedThreadPool(4);

	private final LongAdder received = new LongAdder();

	private final int status;

	private final byte[] body;

	/**
	 * Starts a server on a free port.
	 * @param status status of its answers
	 * @param body body of its answers, JSON; empty for none
	 * @throws IOException when it cannot listen
	 */
	public LoopbackServer(int status, String body) throws IOException {
		this.status = status;
		this.body = body.getBytes(StandardCharsets.UTF_8);
		this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		this.server.setExecutor(this.executor);
		this.server.createContext("/", this::answer);
		this.server.start();
	}

	private void answer(HttpExchange exchange) throws IOException {
		try (exchange) {
			exchange.getRequestBody().readAllBytes();
			this.received.increment();
			exchange.getResponseHeaders().set("Content-Type", "application/json");
			exchange.sendResponseHeaders(this.status, (this.body.length == 0) ? -1 : this.body.length);
			if (this.body.length > 0) {
				exchange.getResponseBody().write(this.body);
			}
		}
	}

	/**
	 * Where it listens.
	 * @return the port on 127.0.0.1
	 */
	public int port() {
		return this.server.getAddress().getPort();
	}

	/**
	 * How many requests it has answered.
	 * @return the count
	 */
	public long received() {
		return this.received.sum();
	}

	@Override
	public void close() {
		this.server.stop(0);
		this.executor.shutdownNow();
	}

}
