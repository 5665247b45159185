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
import java.util.function.IntPredicate;
import java.util.function.UnaryOperator;

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

	private final ConsulAccess access;

	private final ConsulReachability reachability;

	private final Executor executor;

	private final JsonMapper json = JsonMapper.builder().build();

	private volatile Connections connections;

	/**
	 * Creates a client with connections of its own.
	 * @param access the agent, and how to be let in
	 * @param reachability told whether the agent answers
	 * @param executor runs what happens after an answer; one thread will do
	 */
	public ConsulClient(ConsulAccess access, ConsulReachability reachability, Executor executor) {
		this.access = access;
		this.reachability = reachability;
		this.executor = executor;
		this.connections = connect(access.tls().get());
	}

	/**
	 * The agent.
	 * @return its address
	 */
	public ConsulAddress address() {
		return this.access.address();
	}

	/**
	 * The ACL token.
	 * @return the token, as it is now and later
	 */
	ConsulToken token() {
		return this.access.token();
	}

	CompletableFuture<ConsulAnswer<JsonNode>> get(String pathAndQuery, Duration timeout) {
		return get(pathAndQuery, timeout, ConsulClient::isSuccess);
	}

	/** Asks, where other answers than a success have a body to be read too. */
	CompletableFuture<ConsulAnswer<JsonNode>> get(String pathAndQuery, Duration timeout, IntPredicate readable) {
		return send("GET", pathAndQuery, BodyPublishers.noBody(), timeout, new Reader<>(readable,
				(response) -> new ConsulAnswer<>(this.json.readTree(response.body()), index(response))));
	}

	CompletableFuture<Void> put(String pathAndQuery, @Nullable Object body, Duration timeout) {
		BodyPublisher publisher = (body != null) ? BodyPublishers.ofByteArray(this.json.writeValueAsBytes(body))
				: BodyPublishers.noBody();
		return send("PUT", pathAndQuery, publisher, timeout, new Reader<>(ConsulClient::isSuccess, (response) -> ""))
			.thenApply((done) -> null);
	}

	private <T> CompletableFuture<T> send(String method, String pathAndQuery, BodyPublisher body, Duration timeout,
			Reader<T> reader) {
		String name = method + " " + withoutQuery(pathAndQuery);
		CompletableFuture<HttpResponse<byte[]>> exchange = exchange(name, pathAndQuery, timeout,
				(request) -> request.method(method, body));
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
	private CompletableFuture<HttpResponse<byte[]>> exchange(String name, String pathAndQuery, Duration timeout,
			UnaryOperator<HttpRequest.Builder> method) {
		@Nullable String token;
		try {
			token = this.access.token().current();
		}
		catch (IllegalStateException ex) {
			return CompletableFuture.failedFuture(ConsulException.tokenUnknown(name, ex));
		}
		try {
			HttpRequest.Builder request = method
				.apply(HttpRequest.newBuilder(address().uri(pathAndQuery)).timeout(timeout));
			if (token != null) {
				request.header("X-Consul-Token", token);
			}
			return http().sendAsync(request.build(), BodyHandlers.ofByteArray());
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

	/**
	 * The connections of the present TLS settings. Those of former ones end by
	 * themselves, with their last answer.
	 */
	private HttpClient http() {
		ConsulTls tls = this.access.tls().get();
		Connections present = this.connections;
		if (present.tls == tls) {
			return present.http;
		}
		Connections next = connect(tls);
		this.connections = next;
		return next.http;
	}

	private Connections connect(@Nullable ConsulTls tls) {
		HttpClient.Builder builder = HttpClient.newBuilder()
			.version(HttpClient.Version.HTTP_1_1)
			.connectTimeout(CONNECT_TIMEOUT)
			.executor(this.executor);
		if (tls != null) {
			builder.sslContext(tls.context()).sslParameters(tls.parameters());
		}
		return new Connections(tls, builder.build());
	}

	private <T> T read(String name, @Nullable HttpResponse<byte[]> response, @Nullable Throwable error,
			Reader<T> reader) {
		if (response == null) {
			throw notAnswered(name, (error != null) ? error : new IllegalStateException("no response"));
		}
		this.reachability.answered();
		if (!reader.readable.test(response.statusCode())) {
			throw ConsulException.answered(name, response.statusCode(),
					new String(response.body(), StandardCharsets.UTF_8));
		}
		try {
			return reader.value.apply(response);
		}
		catch (RuntimeException ex) {
			throw ConsulException.unreadable(name, ex);
		}
	}

	private ConsulException notAnswered(String name, Throwable error) {
		Throwable cause = (error instanceof CompletionException && error.getCause() != null) ? error.getCause() : error;
		if (cause instanceof ConsulException notSent) {
			return notSent;
		}
		ConsulException failure = ConsulException.noAnswer(name, cause);
		// what we gave up ourselves says nothing about the agent
		if (!(cause instanceof CancellationException)) {
			this.reachability.failed(failure);
		}
		return failure;
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

	private static boolean isSuccess(int status) {
		return status / 100 == 2;
	}

	/** What is read of an answer, and which answers can be read. */
	private record Reader<T>(IntPredicate readable, Function<HttpResponse<byte[]>, T> value) {

	}

	/** Connections, and the TLS settings they were made with. */
	private record Connections(@Nullable ConsulTls tls, HttpClient http) {

	}

}
