// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.consul;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/**
 * An HTTP server in the agent's place that answers as a test tells it to, and keeps what
 * it was asked.
 */
public final class ScriptedAgent implements AutoCloseable {

	private final HttpServer server;

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private final List<Asked> asked = new CopyOnWriteArrayList<>();

	private volatile Script script;

	public ScriptedAgent(Script script) throws IOException {
		this.script = script;
		this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		this.server.setExecutor(this.threads);
		this.server.createContext("/", this::handle);
		this.server.start();
	}

	public void script(Script next) {
		this.script = next;
	}

	public List<Asked> asked() {
		return this.asked;
	}

	public ConsulAddress address() {
		return new ConsulAddress("http", "127.0.0.1", this.server.getAddress().getPort());
	}

	public ConsulAccess access() {
		return ConsulAccess.of(address(), ConsulToken.NONE);
	}

	@Override
	public void close() {
		this.server.stop(0);
		this.threads.shutdownNow();
	}

	private void handle(HttpExchange exchange) throws IOException {
		String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
		Asked question = new Asked(exchange.getRequestMethod(), exchange.getRequestURI().toString(), body,
				exchange.getRequestHeaders().getFirst("X-Consul-Token"));
		this.asked.add(question);
		Reply reply = this.script.answer(question);
		exchange.getResponseHeaders().add("X-Consul-Index", Long.toString(reply.index()));
		byte[] bytes = reply.body().getBytes(StandardCharsets.UTF_8);
		exchange.sendResponseHeaders(reply.status(), (bytes.length > 0) ? bytes.length : -1);
		exchange.getResponseBody().write(bytes);
		exchange.close();
	}

	/** What a test wants the agent to say. */
	@FunctionalInterface
	public interface Script {

		Reply answer(Asked asked);

	}

	/** A question. */
	public record Asked(String method, String uri, String body, String token) {

	}

	/** An answer. */
	public record Reply(int status, long index, String body) {

		public static Reply ok() {
			return new Reply(200, 1, "");
		}

	}

}
