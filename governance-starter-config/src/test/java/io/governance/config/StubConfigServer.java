// SPDX-License-Identifier: Apache-2.0

package io.governance.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import org.springframework.cloud.config.client.ConfigClientProperties;
import org.springframework.mock.env.MockEnvironment;

/**
 * A config server whose every answer is scripted.
 */
public final class StubConfigServer implements AutoCloseable {

	private final List<String> requests = new CopyOnWriteArrayList<>();

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private final HttpServer server;

	private volatile int status = 200;

	private volatile String body = "{\"propertySources\":[]}";

	private volatile int watchStatus = 404;

	private volatile String watchBody = "{}";

	public StubConfigServer() {
		try {
			this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.server.createContext("/", this::handle);
		this.server.setExecutor(this.threads);
		this.server.start();
	}

	private void handle(HttpExchange exchange) throws IOException {
		this.requests
			.add(exchange.getRequestURI() + " authorization=" + exchange.getRequestHeaders().getFirst("authorization")
					+ " token=" + exchange.getRequestHeaders().getFirst("x-config-token"));
		boolean watch = exchange.getRequestURI().getPath().startsWith("/governance/watch/");
		byte[] answer = (watch ? this.watchBody : this.body).getBytes(StandardCharsets.UTF_8);
		exchange.sendResponseHeaders(watch ? this.watchStatus : this.status, answer.length);
		exchange.getResponseBody().write(answer);
		exchange.close();
	}

	public void serve(int newStatus, String newBody) {
		this.status = newStatus;
		this.body = newBody;
	}

	/**
	 * Serves one document with one value.
	 */
	public void serveValue(String key, String value) {
		serve(200, "{\"propertySources\":[{\"name\":\"orders.yml\",\"source\":{\"" + key + "\":\"" + value + "\"}}]}");
	}

	public void watch(int newStatus, String newBody) {
		this.watchStatus = newStatus;
		this.watchBody = newBody;
	}

	public List<String> requests() {
		return this.requests;
	}

	public String address() {
		return "http://127.0.0.1:" + this.server.getAddress().getPort();
	}

	/**
	 * Client settings for the given addresses.
	 */
	public static ConfigClientProperties settings(String... addresses) {
		ConfigClientProperties properties = new ConfigClientProperties(new MockEnvironment());
		properties.setName("orders");
		properties.setUri(addresses);
		properties.setRequestConnectTimeout(1000);
		properties.setRequestReadTimeout(1000);
		return properties;
	}

	@Override
	public void close() {
		this.server.stop(0);
		this.threads.shutdownNow();
	}

}
