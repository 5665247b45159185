// SPDX-License-Identifier: Apache-2.0

package io.governance.verification.outside;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/**
 * What the applications call: {@code /answer} answers, {@code /flaky} answers 503 the
 * first time.
 */
final class StubServer implements AutoCloseable {

	private final HttpServer server;

	private final AtomicInteger flaky = new AtomicInteger();

	StubServer() throws IOException {
		this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		this.server.createContext("/answer", (exchange) -> answer(exchange, 200, "answered"));
		this.server.createContext("/flaky",
				(exchange) -> answer(exchange, (this.flaky.incrementAndGet() == 1) ? 503 : 200, "answered at last"));
		this.server.start();
	}

	/**
	 * A port where nobody listens.
	 */
	static int closedPort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
	}

	private static void answer(HttpExchange exchange, int status, String text) throws IOException {
		try (exchange) {
			byte[] body = text.getBytes(StandardCharsets.UTF_8);
			exchange.sendResponseHeaders(status, body.length);
			exchange.getResponseBody().write(body);
		}
	}

	int port() {
		return this.server.getAddress().getPort();
	}

	int flakyCalls() {
		return this.flaky.get();
	}

	@Override
	public void close() {
		this.server.stop(0);
	}

}
