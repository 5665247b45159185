// SPDX-License-Identifier: Apache-2.0

package io.governance.test.prometheus;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;

import io.governance.time.TimeSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A real Prometheus server as a process of its own, on a free port of the loopback
 * address, with exemplar storage. Register {@link PrometheusCommands#requirement()} where
 * it is used. It ends, and its files go, with {@link #close()} or with the JVM.
 */
public final class RealPrometheus implements AutoCloseable {

	private static final Duration START_WITHIN = Duration.ofSeconds(20);

	private static final Duration AWAIT_WITHIN = Duration.ofSeconds(30);

	private static final long POLL_MILLIS = 25;

	private static final int ATTEMPTS = 3;

	private static final JsonMapper JSON = new JsonMapper();

	private final HttpClient client = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

	private final Path directory;

	private final Process process;

	private final URI uri;

	private RealPrometheus(String configuration, List<String> flags) throws IOException {
		this.directory = Files.createTempDirectory("governance-prometheus");
		Files.writeString(this.directory.resolve("prometheus.yml"), configuration);
		int port = freePort();
		this.uri = URI.create("http://127.0.0.1:" + port);
		List<String> command = new ArrayList<>(List.of(PrometheusCommands.find("prometheus").orElseThrow().toString(),
				"--config.file=" + this.directory.resolve("prometheus.yml"),
				"--storage.tsdb.path=" + this.directory.resolve("store"), "--web.listen-address=127.0.0.1:" + port,
				"--enable-feature=exemplar-storage", "--web.enable-lifecycle", "--log.level=warn"));
		command.addAll(flags);
		this.process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log()).start();
		// a test run that is interrupted leaves no server behind
		Runtime.getRuntime().addShutdownHook(new Thread(this.process::destroyForcibly, "governance-prometheus-stop"));
	}

	/**
	 * Starts a server and waits until it is ready.
	 * @param configuration the text of its {@code prometheus.yml}; files it names must be
	 * absolute
	 * @param flags further flags of its command line
	 * @return the server
	 * @throws IllegalStateException with its last words if it does not get ready
	 */
	public static RealPrometheus start(String configuration, String... flags) {
		for (int attempt = 1;; attempt++) {
			try {
				RealPrometheus started = new RealPrometheus(configuration, List.of(flags));
				try {
					started.awaitReady();
					return started;
				}
				catch (IllegalStateException ex) {
					// another process may have taken the port
					started.close();
					if (attempt == ATTEMPTS) {
						throw ex;
					}
				}
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}
	}

	/**
	 * A configuration that scrapes targets each second, as {@code /actuator/prometheus},
	 * each with its name as {@code job}.
	 * @param targets names and addresses, such as {@code orders=127.0.0.1:8080}
	 * @return the text for {@link #start}
	 */
	public static String scraping(String... targets) {
		StringBuilder text = new StringBuilder(
				"global: {scrape_interval: 1s, scrape_timeout: 1s, evaluation_interval: 1s}\nscrape_configs:\n");
		for (String target : targets) {
			String[] parts = target.split("=", 2);
			text.append("  - job_name: ")
				.append(parts[0])
				.append("\n    metrics_path: /actuator/prometheus\n    static_configs: [{targets: [\"")
				.append(parts[1])
				.append("\"]}]\n");
		}
		return text.toString();
	}

	/**
	 * Its address.
	 * @return for example {@code http://127.0.0.1:39113}
	 */
	public URI uri() {
		return this.uri;
	}

	/**
	 * Asks an instant query.
	 * @param expression in PromQL
	 * @return the samples, an array
	 * @throws IllegalStateException if it refuses the query
	 */
	public JsonNode query(String expression) {
		return api("/api/v1/query?query=" + encoded(expression)).path("result");
	}

	/**
	 * Asks an instant query again and again. A new server takes some seconds until it
	 * scrapes.
	 * @param expression in PromQL
	 * @param condition what the samples must be like; that there are some, for instance
	 * @return the samples that were like that
	 * @throws IllegalStateException with targets and samples if that is not so within
	 * half a minute
	 */
	public JsonNode await(String expression, Predicate<JsonNode> condition) {
		long begin = TimeSource.system().nanoTime();
		while (true) {
			JsonNode samples = query(expression);
			if (condition.test(samples)) {
				return samples;
			}
			if (TimeSource.system().nanoTime() - begin > AWAIT_WITHIN.toNanos() || exitedWithin(4 * POLL_MILLIS)) {
				throw new IllegalStateException(
						expression + ": " + samples + " targets: " + targets() + "\n" + log(20));
			}
		}
	}

	/**
	 * Asks for the exemplars of the last hour.
	 * @param expression in PromQL
	 * @return the series that have some, an array
	 */
	public JsonNode exemplars(String expression) {
		long now = TimeSource.system().epochMillis() / 1000;
		return api("/api/v1/query_exemplars?query=" + encoded(expression) + "&start=" + (now - 3600) + "&end="
				+ (now + 60));
	}

	/**
	 * The targets that it scrapes.
	 * @return an array; {@code health} is {@code up}, {@code down} or {@code unknown},
	 * {@code lastError} says why
	 */
	public JsonNode targets() {
		return api("/api/v1/targets?state=active").path("activeTargets");
	}

	/**
	 * Asks its HTTP interface.
	 * @param path path and query below its address
	 * @return the {@code data} of the answer
	 * @throws IllegalStateException if it does not answer with success
	 */
	public JsonNode api(String path) {
		HttpResponse<String> answer = get(path);
		if (answer.statusCode() != 200) {
			throw new IllegalStateException(path + ": " + answer.statusCode() + " " + answer.body());
		}
		return JSON.readTree(answer.body()).path("data");
	}

	@Override
	public void close() {
		this.process.destroyForcibly();
		exitedWithin(TimeUnit.SECONDS.toMillis(10));
		try (Stream<Path> files = Files.walk(this.directory)) {
			for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
				Files.deleteIfExists(file);
			}
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
		throw new IllegalStateException("prometheus did not get ready:\n" + log(20));
	}

	private boolean isReady() {
		try {
			return get("/-/ready").statusCode() == 200;
		}
		catch (UncheckedIOException ex) {
			return false;
		}
	}

	private HttpResponse<String> get(String path) {
		HttpRequest request = HttpRequest.newBuilder(URI.create(this.uri + path)).timeout(START_WITHIN).build();
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

	private String log(int lines) {
		try {
			List<String> all = Files.readAllLines(log().toPath());
			return String.join("\n", all.subList(Math.max(0, all.size() - lines), all.size()));
		}
		catch (IOException ex) {
			return ex.toString();
		}
	}

	private File log() {
		return this.directory.resolve("prometheus.log").toFile();
	}

	private static String encoded(String text) {
		return URLEncoder.encode(text, StandardCharsets.UTF_8);
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
	}

}
