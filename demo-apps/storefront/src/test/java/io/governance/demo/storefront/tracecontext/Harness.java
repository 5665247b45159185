// SPDX-License-Identifier: Apache-2.0

package io.governance.demo.storefront.tracecontext;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/**
 * Stands where the specification's test suite stands: tells the service to call back, and
 * keeps the headers it calls back with.
 */
final class Harness implements AutoCloseable {

	private final HttpServer server;

	private final HttpClient client = HttpClient.newHttpClient();

	private final List<Callback> callbacks = new CopyOnWriteArrayList<>();

	private volatile int status = 200;

	Harness() {
		try {
			this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.server.createContext("/", this::handle);
		this.server.start();
	}

	String url(String path) {
		return "http://127.0.0.1:" + this.server.getAddress().getPort() + path;
	}

	void answers(int code) {
		this.status = code;
	}

	HttpResponse<String> post(String endpoint, String json, List<Map.Entry<String, String>> headers)
			throws IOException, InterruptedException {
		this.callbacks.clear();
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(endpoint))
			.timeout(Duration.ofSeconds(20))
			.header("Content-Type", "application/json")
			.POST(BodyPublishers.ofString(json));
		headers.forEach((header) -> request.header(header.getKey(), header.getValue()));
		return this.client.send(request.build(), BodyHandlers.ofString());
	}

	List<Callback> callbacks() {
		return List.copyOf(this.callbacks);
	}

	private void handle(HttpExchange exchange) throws IOException {
		try (exchange) {
			String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
			this.callbacks
				.add(new Callback(exchange.getRequestURI().getPath(), body, Map.copyOf(exchange.getRequestHeaders())));
			exchange.getResponseHeaders().set("Location", url("/elsewhere"));
			exchange.sendResponseHeaders(this.status, -1);
		}
	}

	@Override
	public void close() {
		this.server.stop(0);
	}

	/**
	 * A call of the service.
	 *
	 * @param path where it called
	 * @param body what it sent
	 * @param headers its headers; the first letter of their names is upper-case
	 */
	record Callback(String path, String body, Map<String, List<String>> headers) {

		String traceParent() {
			List<String> values = this.headers.getOrDefault("Traceparent", List.of());
			if (values.size() != 1) {
				throw new AssertionError("traceparent: " + values + " (expected: one header)");
			}
			return values.get(0);
		}

		String traceId() {
			return traceParent().substring(3, 35);
		}

		String parentId() {
			return traceParent().substring(36, 52);
		}

		String traceState() {
			return String.join(",", this.headers.getOrDefault("Tracestate", List.of()));
		}

	}

}
