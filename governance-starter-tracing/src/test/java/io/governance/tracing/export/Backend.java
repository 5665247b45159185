// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.export;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.GZIPInputStream;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/**
 * A backend that takes messages over HTTP, and answers as it is told. It can go away and
 * come back at the same address.
 */
final class Backend implements AutoCloseable {

	private final List<Message> messages = new CopyOnWriteArrayList<>();

	private volatile int status = 202;

	private volatile byte[] body = {};

	private volatile Map<String, String> answerHeaders = Map.of();

	private HttpServer server;

	Backend() {
		this.server = open(0);
	}

	private HttpServer open(int port) {
		try {
			HttpServer opened = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
			opened.createContext("/", this::take);
			opened.start();
			return opened;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void take(HttpExchange exchange) throws IOException {
		try (exchange) {
			byte[] body = exchange.getRequestBody().readAllBytes();
			if ("gzip".equals(exchange.getRequestHeaders().getFirst("content-encoding"))) {
				body = new GZIPInputStream(new ByteArrayInputStream(body)).readAllBytes();
			}
			int answer = this.status;
			this.messages
				.add(new Message(answer, exchange.getRequestURI().toString(), exchange.getRequestHeaders(), body));
			this.answerHeaders.forEach(exchange.getResponseHeaders()::set);
			byte[] answerBody = this.body;
			exchange.sendResponseHeaders(answer, (answerBody.length > 0) ? answerBody.length : -1);
			if (answerBody.length > 0) {
				exchange.getResponseBody().write(answerBody);
			}
		}
	}

	String url(String path) {
		return "http://127.0.0.1:" + this.server.getAddress().getPort() + path;
	}

	void answers(int status) {
		this.status = status;
	}

	void answers(int status, Map<String, String> headers, byte[] body) {
		this.answerHeaders = headers;
		this.body = body;
		this.status = status;
	}

	List<Message> messages() {
		return this.messages;
	}

	void goAway() {
		this.server.stop(0);
	}

	void comeBack() {
		this.server = open(this.server.getAddress().getPort());
	}

	@Override
	public void close() {
		this.server.stop(0);
	}

	record Message(int status, String path, Headers headers, byte[] body) {
	}

}
