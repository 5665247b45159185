// SPDX-License-Identifier: Apache-2.0

package io.governance.test.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * Asks a server's HTTP interface on the loopback address. Thread-safe.
 */
public final class ServerHttp {

	private static final Duration CONNECT_WITHIN = Duration.ofSeconds(5);

	private final HttpClient client = HttpClient.newBuilder()
		.version(HttpClient.Version.HTTP_1_1)
		.connectTimeout(CONNECT_WITHIN)
		.build();

	private final int port;

	private final Duration within;

	/**
	 * Creates a client.
	 * @param port the server's port on 127.0.0.1
	 * @param within how long an answer may take
	 */
	public ServerHttp(int port, Duration within) {
		this.port = port;
		this.within = within;
	}

	/**
	 * Asks a new server's first port whether it is ready.
	 * @param path what it then answers with status 200
	 * @return for {@link ServerProcess#start}
	 */
	public static Function<List<Integer>, BooleanSupplier> ready(String path) {
		return (ports) -> {
			ServerHttp http = new ServerHttp(ports.get(0), CONNECT_WITHIN);
			return () -> http.isOk(path);
		};
	}

	/**
	 * The server's address.
	 * @return for example {@code http://127.0.0.1:39113}
	 */
	public URI uri() {
		return URI.create("http://127.0.0.1:" + this.port);
	}

	/**
	 * Asks.
	 * @param path path and query
	 * @return the answer, whatever its status
	 * @throws UncheckedIOException if there is none in time
	 */
	public HttpResponse<String> get(String path) {
		HttpRequest request = HttpRequest.newBuilder(URI.create(uri() + path)).timeout(this.within).build();
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

	private boolean isOk(String path) {
		try {
			return get(path).statusCode() == 200;
		}
		catch (UncheckedIOException ex) {
			return false;
		}
	}

}
