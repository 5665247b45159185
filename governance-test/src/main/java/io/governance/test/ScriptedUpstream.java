// SPDX-License-Identifier: Apache-2.0

package io.governance.test;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/**
 * A real HTTP server on a free port of the loopback interface that answers as the test
 * says: one scripted {@link Reply} per request, in order, and always the same, at first
 * {@link Reply#ok()}, when there is none left. Remembers what it received. Thread-safe;
 * to be closed.
 */
public final class ScriptedUpstream implements AutoCloseable {

	private final HttpServer server;

	private final ExecutorService threads;

	private final Queue<Reply> script = new ConcurrentLinkedQueue<>();

	private volatile Function<ReceivedRequest, Reply> otherwise = (request) -> Reply.ok();

	private final List<ReceivedRequest> received = new CopyOnWriteArrayList<>();

	private final CountDownLatch closing = new CountDownLatch(1);

	private ScriptedUpstream(HttpServer server) {
		this.server = server;
		this.threads = Executors.newCachedThreadPool((task) -> {
			Thread thread = new Thread(task, "governance-test-upstream");
			thread.setDaemon(true);
			return thread;
		});
		server.setExecutor(this.threads);
		server.createContext("/", this::handle);
	}

	/**
	 * Starts a server.
	 * @return the server
	 */
	public static ScriptedUpstream start() {
		try {
			HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
			ScriptedUpstream upstream = new ScriptedUpstream(server);
			server.start();
			return upstream;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Adds replies to the script.
	 * @param replies one per request to come
	 * @return this server
	 */
	public ScriptedUpstream script(Reply... replies) {
		this.script.addAll(List.of(replies));
		return this;
	}

	/**
	 * Says what is answered when the script is at its end.
	 * @param reply the reply to all further requests
	 * @return this server
	 */
	public ScriptedUpstream otherwise(Reply reply) {
		return otherwise((request) -> reply);
	}

	/**
	 * Says what is answered when the script is at its end.
	 * @param replies the reply to a request
	 * @return this server
	 */
	public ScriptedUpstream otherwise(Function<ReceivedRequest, Reply> replies) {
		this.otherwise = replies;
		return this;
	}

	/**
	 * The server's address.
	 * @return scheme, host and port
	 */
	public URI uri() {
		return URI.create("http://" + this.server.getAddress().getAddress().getHostAddress() + ":" + port());
	}

	/**
	 * The server's port.
	 * @return the port
	 */
	public int port() {
		return this.server.getAddress().getPort();
	}

	/**
	 * What was received so far.
	 * @return the requests, in order
	 */
	public List<ReceivedRequest> requests() {
		return List.copyOf(this.received);
	}

	private void handle(HttpExchange exchange) throws IOException {
		try (exchange) {
			Reply scripted = this.script.poll();
			boolean early = scripted != null && scripted.kind() == Reply.Kind.EARLY_RESET;
			ReceivedRequest request = ReceivedRequest.of(exchange,
					early ? InputStream.nullInputStream() : exchange.getRequestBody());
			this.received.add(request);
			if (early) {
				return;
			}
			Reply reply = (scripted != null) ? scripted : this.otherwise.apply(request);
			switch (reply.kind()) {
				case ANSWER -> answer(exchange, reply);
				case HANG -> awaitClose();
				case BREAK -> begin(exchange, reply);
				case STALL -> {
					begin(exchange, reply);
					awaitClose();
				}
				default -> {
					// closing the exchange without an answer breaks the connection
				}
			}
		}
	}

	private static void answer(HttpExchange exchange, Reply reply) throws IOException {
		reply.headers().forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
		boolean bodiless = reply.bodyBytes() == 0;
		exchange.sendResponseHeaders(reply.status(), bodiless ? -1 : reply.bodyBytes());
		if (!bodiless && !"HEAD".equals(exchange.getRequestMethod())) {
			write(exchange.getResponseBody(), reply);
		}
	}

	private static void begin(HttpExchange exchange, Reply reply) throws IOException {
		exchange.sendResponseHeaders(reply.status(), reply.bodyBytes());
		exchange.getResponseBody().write(reply.chunk());
		exchange.getResponseBody().flush();
	}

	private static void write(OutputStream out, Reply reply) throws IOException {
		byte[] chunk = reply.chunk();
		for (long left = reply.bodyBytes(); left > 0; left -= chunk.length) {
			out.write(chunk, 0, (int) Math.min(left, chunk.length));
		}
	}

	private void awaitClose() {
		try {
			this.closing.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	@Override
	public void close() {
		this.closing.countDown();
		this.server.stop(0);
		this.threads.shutdownNow();
	}

}
