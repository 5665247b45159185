// SPDX-License-Identifier: Apache-2.0

package io.governance.test.zipkin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.governance.time.TimeSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A real Zipkin server as a process of its own, on a port of the loopback address that it
 * keeps. Register {@link ZipkinJar#requirement()} where it is used. It keeps spans in
 * memory: after a kill it comes back empty.
 */
public final class RealZipkin implements AutoCloseable {

	private static final Duration START_WITHIN = Duration.ofSeconds(60);

	private static final Duration ANSWER_WITHIN = Duration.ofSeconds(5);

	private static final long POLL_MILLIS = 100;

	private static final JsonMapper JSON = new JsonMapper();

	private final HttpClient client = HttpClient.newBuilder()
		.version(HttpClient.Version.HTTP_1_1)
		.connectTimeout(ANSWER_WITHIN)
		.build();

	private final URI uri;

	private final Path log;

	private Process process;

	private RealZipkin(int port) throws IOException {
		this.uri = URI.create("http://127.0.0.1:" + port);
		this.log = Files.createTempFile("governance-zipkin", ".log");
		this.process = launch();
		// a test run that is interrupted leaves no server behind
		Runtime.getRuntime().addShutdownHook(new Thread(this::kill, "governance-zipkin-stop"));
	}

	/**
	 * Starts a server and waits until it is ready.
	 * @return the server
	 * @throws IllegalStateException with its last words if it does not get ready
	 */
	public static RealZipkin start() {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			int port = socket.getLocalPort();
			socket.close();
			RealZipkin started = new RealZipkin(port);
			started.awaitReady();
			return started;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private Process launch() throws IOException {
		return new ProcessBuilder(List.of(System.getProperty("java.home") + "/bin/java", "-Xmx128m", "-XX:+UseSerialGC",
				"-XX:TieredStopAtLevel=1", "-jar", ZipkinJar.find().orElseThrow().toString(),
				"--armeria.ports[0].ip=127.0.0.1", "--armeria.ports[0].port=" + this.uri.getPort(),
				"--armeria.ports[0].protocols[0]=http", "--zipkin.storage.mem.max-spans=20000"))
			.redirectErrorStream(true)
			.redirectOutput(ProcessBuilder.Redirect.appendTo(this.log.toFile()))
			.start();
	}

	/**
	 * Where spans are sent to.
	 * @return for example {@code http://127.0.0.1:39113/api/v2/spans}
	 */
	public String endpoint() {
		return this.uri + "/api/v2/spans";
	}

	/**
	 * Asks for a trace.
	 * @param traceId its id
	 * @return its spans, an array; empty while it knows none
	 */
	public JsonNode trace(String traceId) {
		HttpResponse<String> answer = get("/api/v2/trace/" + traceId);
		return JSON.readTree((answer.statusCode() == 200) ? answer.body() : "[]");
	}

	/**
	 * Ends the server as an accident would.
	 */
	public void kill() {
		this.process.destroyForcibly();
		exitedWithin(TimeUnit.SECONDS.toMillis(10));
	}

	/**
	 * Starts the server again, empty, at the same address; returns when it is ready.
	 */
	public void restart() {
		try {
			this.process = launch();
			awaitReady();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Has the server hang: its port takes connections, and nothing is answered.
	 */
	public void hang() {
		signal("STOP");
	}

	/**
	 * Has a hung server go on.
	 */
	public void goOn() {
		signal("CONT");
	}

	private void signal(String name) {
		try {
			new ProcessBuilder("kill", "-s", name, String.valueOf(this.process.pid())).inheritIO()
				.start()
				.waitFor(10, TimeUnit.SECONDS);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public void close() {
		kill();
		try {
			Files.deleteIfExists(this.log);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void awaitReady() {
		long begin = TimeSource.system().nanoTime();
		while (!exitedWithin(POLL_MILLIS)) {
			if (isReady()) {
				return;
			}
			if (TimeSource.system().nanoTime() - begin > START_WITHIN.toNanos()) {
				break;
			}
		}
		String words = lastWords();
		close();
		throw new IllegalStateException("zipkin did not get ready:\n" + words);
	}

	private boolean isReady() {
		try {
			return get("/health").statusCode() == 200;
		}
		catch (UncheckedIOException ex) {
			return false;
		}
	}

	private HttpResponse<String> get(String path) {
		HttpRequest request = HttpRequest.newBuilder(URI.create(this.uri + path)).timeout(ANSWER_WITHIN).build();
		try {
			return this.client.send(request, BodyHandlers.ofString());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	private boolean exitedWithin(long millis) {
		try {
			return this.process.waitFor(millis, TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	private String lastWords() {
		try {
			List<String> all = Files.readAllLines(this.log);
			return String.join("\n", all.subList(Math.max(0, all.size() - 20), all.size()));
		}
		catch (IOException ex) {
			return ex.toString();
		}
	}

}
