// SPDX-License-Identifier: Apache-2.0

package io.governance.test.prometheus;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

import io.governance.test.process.ServerHttp;
import io.governance.test.process.ServerProcess;
import io.governance.time.TimeSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A real Prometheus server as a process of its own, on a free port of the loopback
 * address, with exemplar storage. Register {@link PrometheusCommands#requirement()} where
 * it is used. It ends, and its files go, with {@link #close()} or with the JVM.
 */
public final class RealPrometheus implements AutoCloseable {

	private static final Duration ANSWER_WITHIN = Duration.ofSeconds(20);

	private static final Duration AWAIT_WITHIN = Duration.ofSeconds(30);

	private static final Duration POLL = Duration.ofMillis(100);

	private static final JsonMapper JSON = new JsonMapper();

	private final ServerProcess process;

	private final ServerHttp http;

	private RealPrometheus(ServerProcess process) {
		this.process = process;
		this.http = new ServerHttp(process.port(), ANSWER_WITHIN);
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
		return new RealPrometheus(ServerProcess.start("prometheus", 1,
				(directory, ports) -> command(directory, ports.get(0), configuration, flags),
				ServerHttp.ready("/-/ready")));
	}

	private static List<String> command(Path directory, int port, String configuration, String... flags)
			throws IOException {
		Path file = Files.writeString(directory.resolve("prometheus.yml"), configuration);
		List<String> command = new ArrayList<>(
				List.of(PrometheusCommands.find("prometheus").orElseThrow().toString(), "--config.file=" + file,
						"--storage.tsdb.path=" + directory.resolve("store"), "--web.listen-address=127.0.0.1:" + port,
						"--enable-feature=exemplar-storage", "--web.enable-lifecycle", "--log.level=warn"));
		command.addAll(List.of(flags));
		return command;
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
		return this.http.uri();
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
			if (TimeSource.system().nanoTime() - begin > AWAIT_WITHIN.toNanos() || this.process.endsWithin(POLL)) {
				throw new IllegalStateException(
						expression + ": " + samples + " targets: " + targets() + "\n" + this.process.lastWords());
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
		HttpResponse<String> answer = this.http.get(path);
		if (answer.statusCode() != 200) {
			throw new IllegalStateException(path + ": " + answer.statusCode() + " " + answer.body());
		}
		return JSON.readTree(answer.body()).path("data");
	}

	@Override
	public void close() {
		this.process.close();
	}

	private static String encoded(String text) {
		return URLEncoder.encode(text, StandardCharsets.UTF_8);
	}

}
