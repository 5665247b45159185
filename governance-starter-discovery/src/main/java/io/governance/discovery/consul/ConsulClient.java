// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.consul;

import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One set of connections to the agent. Asynchronous, so that one thread serves many
 * waiting queries. Every failure is a {@link ConsulException}. Thread-safe.
 */
public final class ConsulClient {

	static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);

	static final Duration BODY_TIME = Duration.ofSeconds(2);

	private final ConsulAddress address;

	private final ConsulReachability reachability;

	private final HttpClient http;

	private final Executor executor;

	private final JsonMapper json = JsonMapper.builder().build();

	/**
	 * Creates a client with connections of its own.
	 * @param address the agent
	 * @param reachability told whether the agent answers
	 * @param executor runs what happens after an answer; one thread will do
	 */
	public ConsulClient(ConsulAddress address, ConsulReachability reachability, Executor executor) {
		this.address = address;
		this.reachability = reachability;
		this.executor = executor;
		this.http = HttpClient.newBuilder()
			.version(HttpClient.Version.HTTP_1_1)
			.connectTimeout(CONNECT_TIMEOUT)
			.executor(executor)
			.build();
	}

	/**
	 * The agent.
	 * @return its address
	 */
	public ConsulAddress address() {
		return this.address;
	}

	CompletableFuture<ConsulAnswer<JsonNode>> get(String pathAndQuery, Duration timeout) {
		return send("GET", pathAndQuery, BodyPublishers.noBody(), timeout,
				(response) -> new ConsulAnswer<>(this.json.readTree(response.body()), index(response)));
	}

	CompletableFuture<Void> put(String pathAndQuery, @Nullable Object body, Duration timeout) {
		BodyPublisher publisher = (body != null) ? BodyPublishers.ofByteArray(this.json.writeValueAsBytes(body))
				: BodyPublishers.noBody();
		return send("PUT", pathAndQuery, publisher, timeout, (response) -> new ConsulAnswer<>("", 0))
			.thenApply((done) -> null);
	}

	private <T> CompletableFuture<T> send(String method, String pathAndQuery, BodyPublisher body, Duration timeout,
			Function<HttpResponse<byte[]>, T> reader) {
		CompletableFuture<HttpResponse<byte[]>> exchange = exchange(method, pathAndQuery, body, timeout);
		String name = method + " " + withoutQuery(pathAndQuery);
		// the client's own timeout ends with the headers; a body that never ends is cut
		// here
		CompletableFuture<HttpResponse<byte[]>> bounded = exchange.copy()
			.orTimeout(timeout.plus(BODY_TIME).toNanos(), TimeUnit.NANOSECONDS);
		CompletableFuture<T> result = bounded.handleAsync((response, error) -> read(name, response, error, reader),
				this.executor);
		result.whenComplete((value, error) -> {
			if (error != null) {
				exchange.cancel(true);
			}
		});
		return result;
	}

	/** What the client refuses to send fails as what it could not send does. */
	private CompletableFuture<HttpResponse<byte[]>> exchange(String method, String pathAndQuery, BodyPublisher body,
			Duration timeout) {
		try {
			HttpRequest.Builder request = HttpRequest.newBuilder(this.address.uri(pathAndQuery))
				.timeout(timeout)
				.method(method, body);
			if (this.address.token() != null) {
				request.header("X-Consul-Token", this.address.token());
			}
			return this.http.sendAsync(request.build(), BodyHandlers.ofByteArray());
		}
		catch (IllegalArgumentException ex) {
			// its text may show the token
			return CompletableFuture
				.failedFuture(new IllegalArgumentException("the address or the token cannot be sent in a request"));
		}
		catch (RuntimeException ex) {
			return CompletableFuture.failedFuture(ex);
		}
	}

	private <T> T read(String name, @Nullable HttpResponse<byte[]> response, @Nullable Throwable error,
			Function<HttpResponse<byte[]>, T> reader) {
		if (response == null) {
			ConsulException failure = ConsulException.noAnswer(name,
					(error instanceof CompletionException && error.getCause() != null) ? error.getCause()
							: (error != null) ? error : new IllegalStateException("no response"));
			// what we gave up ourselves says nothing about the agent
			if (!(failure.getCause() instanceof CancellationException)) {
				this.reachability.failed(failure);
			}
			throw failure;
		}
		this.reachability.answered();
		if (response.statusCode() / 100 != 2) {
			throw ConsulException.answered(name, response.statusCode(),
					new String(response.body(), StandardCharsets.UTF_8));
		}
		try {
			return reader.apply(response);
		}
		catch (RuntimeException ex) {
			throw ConsulException.unreadable(name, ex);
		}
	}

	static ConsulException failure(Throwable error) {
		Throwable cause = (error instanceof CompletionException && error.getCause() != null) ? error.getCause() : error;
		return (cause instanceof ConsulException consul) ? consul : ConsulException.noAnswer("consul", cause);
	}

	static String encode(String text) {
		return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
	}

	private static String withoutQuery(String pathAndQuery) {
		int query = pathAndQuery.indexOf('?');
		return (query < 0) ? pathAndQuery : pathAndQuery.substring(0, query);
	}

	private static long index(HttpResponse<?> response) {
		try {
			return response.headers().firstValueAsLong("X-Consul-Index").orElse(0);
		}
		catch (NumberFormatException ex) {
			return 0;
		}
	}

}
