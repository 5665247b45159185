// SPDX-License-Identifier: Apache-2.0

package io.governance.test.consul;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

import io.governance.time.TimeSource;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The plainest client of Consul's HTTP API: nothing between a test and the wire.
 * Thread-safe.
 */
public final class ConsulHttp {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private static final JsonMapper JSON = JsonMapper.builder().build();

	/** One for all: an agent resets the 201st connection of a client. */
	private static final HttpClient CLIENT = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	private final URI agent;

	private final @Nullable String token;

	/**
	 * A client without a token.
	 * @param agent the agent's address
	 */
	public ConsulHttp(URI agent) {
		this(agent, null);
	}

	/**
	 * A client.
	 * @param agent the agent's address
	 * @param token the ACL token, or {@code null}
	 */
	public ConsulHttp(URI agent, @Nullable String token) {
		this.agent = agent;
		this.token = token;
	}

	/**
	 * Reads.
	 * @param path path and query, encoded
	 * @return the answer
	 */
	public Answer get(String path) {
		return send("GET", path, "");
	}

	/**
	 * Writes.
	 * @param path path and query, encoded
	 * @param body the body
	 * @return the answer
	 */
	public Answer put(String path, String body) {
		return send("PUT", path, body);
	}

	/**
	 * Writes nothing but the fact.
	 * @param path path and query, encoded
	 * @return the answer
	 */
	public Answer put(String path) {
		return send("PUT", path, "");
	}

	/**
	 * Deletes.
	 * @param path path and query, encoded
	 * @return the answer
	 */
	public Answer delete(String path) {
		return send("DELETE", path, "");
	}

	/**
	 * Sends a request and waits for the answer.
	 * @param method HTTP method
	 * @param path path and query, encoded
	 * @param body the body
	 * @return the answer
	 * @throws UncheckedIOException when there is none
	 */
	public Answer send(String method, String path, String body) {
		try {
			return new Answer(CLIENT.send(request(method, path, body), BodyHandlers.ofByteArray()));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(method + " " + this.agent + path, ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Reads without waiting for the answer.
	 * @param path path and query, encoded
	 * @return the answer, later
	 */
	public CompletableFuture<Answer> getLater(String path) {
		return CLIENT.sendAsync(request("GET", path, ""), BodyHandlers.ofByteArray()).thenApply(Answer::new);
	}

	/**
	 * Repeats a blocking query until the answer is as wanted.
	 * @param path path and query, encoded
	 * @param wanted what to wait for
	 * @return the first answer that satisfies it
	 * @throws AssertionError when it does not come within 20 s
	 */
	public Answer await(String path, Predicate<JsonNode> wanted) {
		long begin = TimeSource.system().nanoTime();
		long index = 0;
		String separator = path.contains("?") ? "&" : "?";
		while (true) {
			Answer answer = get(path + separator + "wait=1s&index=" + index);
			if (answer.status() == 200 && wanted.test(answer.json())) {
				return answer;
			}
			if (TimeSource.system().nanoTime() - begin > PATIENCE.toNanos()) {
				throw new AssertionError(path + " is still " + answer.text());
			}
			index = answer.index();
		}
	}

	private HttpRequest request(String method, String path, String body) {
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(this.agent + path))
			.timeout(PATIENCE)
			.method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
		if (this.token != null) {
			request.header("X-Consul-Token", this.token);
		}
		return request.build();
	}

	/**
	 * An answer.
	 *
	 * @param response what came
	 */
	public record Answer(HttpResponse<byte[]> response) {

		/**
		 * The HTTP status.
		 * @return the code
		 */
		public int status() {
			return this.response.statusCode();
		}

		/**
		 * The body as text.
		 * @return the body without surrounding white space
		 */
		public String text() {
			return new String(this.response.body(), StandardCharsets.UTF_8).strip();
		}

		/**
		 * The body as JSON.
		 * @return the parsed body
		 */
		public JsonNode json() {
			return JSON.readTree(this.response.body());
		}

		/**
		 * A header.
		 * @param name its name in any case
		 * @return its first value, or empty text
		 */
		public String header(String name) {
			return this.response.headers().firstValue(name).orElse("");
		}

		/**
		 * The number to block on.
		 * @return {@code X-Consul-Index}, or 0 when there is none
		 */
		public long index() {
			String index = header("X-Consul-Index");
			return index.isEmpty() ? 0 : Long.parseLong(index);
		}

	}

}
