// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.propagation;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A service that calls another one, a client without tracing in front of it, and a server
 * without tracing behind it.
 */
final class HttpHop implements AutoCloseable {

	private final HttpServer back;

	private final ConfigurableApplicationContext front;

	private final HttpClient client = HttpClient.newHttpClient();

	private final BlockingQueue<Map<String, List<String>>> arrived = new ArrayBlockingQueue<>(10);

	HttpHop(WebApplicationType type, Class<?> source) throws IOException {
		this.back = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		this.back.createContext("/", this::answer);
		this.back.start();
		this.front = new SpringApplicationBuilder(source).web(type)
			.run("--server.port=0", "--server.address=127.0.0.1", "--management.tracing.sampling.probability=1.0",
					"--back=http://127.0.0.1:" + this.back.getAddress().getPort());
	}

	Map<String, List<String>> pass(List<Map.Entry<String, String>> headers) throws IOException, InterruptedException {
		this.arrived.clear();
		URI uri = URI.create("http://127.0.0.1:" + this.front.getEnvironment().getProperty("local.server.port") + "/");
		HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(30));
		headers.forEach((header) -> request.header(header.getKey(), header.getValue()));
		HttpResponse<String> response = this.client.send(request.build(), BodyHandlers.ofString());
		assertThat(response.statusCode()).isEqualTo(200);
		Map<String, List<String>> sent = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
		sent.putAll(this.arrived.remove());
		assertThat(response.headers().firstValue("X-Trace-Id").orElseThrow())
			.isIn(sent.get("traceparent").get(0).substring(3, 35), sent.get("traceparent").get(0).substring(19, 35));
		return sent;
	}

	private void answer(HttpExchange exchange) throws IOException {
		try (exchange) {
			this.arrived.add(Map.copyOf(exchange.getRequestHeaders()));
			exchange.sendResponseHeaders(204, -1);
		}
	}

	@Override
	public void close() {
		this.front.close();
		this.back.stop(0);
	}

}
