// SPDX-License-Identifier: Apache-2.0

package io.governance.demo.storefront;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/**
 * A called service that gives one answer and keeps what it was asked.
 */
final class StubService implements AutoCloseable {

	private final HttpServer server;

	private final BlockingQueue<String> requests = new LinkedBlockingQueue<>();

	private volatile Answer answer = new Answer(500, "", Map.of());

	StubService() {
		try {
			this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.server.createContext("/", this::handle);
		this.server.start();
	}

	String uri() {
		return "http://127.0.0.1:" + this.server.getAddress().getPort();
	}

	void answers(int status, String json) {
		answers(status, json, Map.of());
	}

	void answers(int status, String json, Map<String, String> headers) {
		this.answer = new Answer(status, json, headers);
		this.requests.clear();
	}

	BlockingQueue<String> requests() {
		return this.requests;
	}

	private void handle(HttpExchange exchange) throws IOException {
		try (exchange) {
			String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
			this.requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + body);
			Answer current = this.answer;
			byte[] bytes = current.json.getBytes(StandardCharsets.UTF_8);
			exchange.getResponseHeaders()
				.set("Content-Type", (current.status < 400) ? "application/json" : "application/problem+json");
			current.headers.forEach(exchange.getResponseHeaders()::set);
			exchange.sendResponseHeaders(current.status, bytes.length);
			exchange.getResponseBody().write(bytes);
		}
	}

	@Override
	public void close() {
		this.server.stop(0);
	}

	private record Answer(int status, String json, Map<String, String> headers) {
	}

}
