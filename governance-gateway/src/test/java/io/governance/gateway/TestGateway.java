// SPDX-License-Identifier: Apache-2.0

package io.governance.gateway;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.ReactorResourceFactory;

/**
 * The gateway program on a free port, and a client of it.
 */
final class TestGateway implements AutoCloseable {

	private final ConfigurableApplicationContext context;

	private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	private TestGateway(ConfigurableApplicationContext context) {
		this.context = context;
	}

	static TestGateway start(List<String> properties) {
		List<String> arguments = new ArrayList<>(List.of("--server.port=0", "--server.address=127.0.0.1",
				"--spring.main.banner-mode=off", "--governance.discovery.view.first-list-timeout=500ms"));
		properties.forEach((property) -> arguments.add("--" + property));
		return new TestGateway(new SpringApplicationBuilder(GatewayApplication.class, OwnResources.class)
			.run(arguments.toArray(String[]::new)));
	}

	/**
	 * A route that takes the first segment off the path.
	 */
	static List<String> route(int number, String name, String uri) {
		String route = "spring.cloud.gateway.server.webflux.routes[" + number + "].";
		return List.of(route + "id=" + name, route + "uri=" + uri, route + "predicates[0]=Path=/" + name + "/**",
				route + "filters[0]=StripPrefix=1");
	}

	static String instance(String service, int number, URI uri) {
		return "spring.cloud.discovery.client.simple.instances." + service + "[" + number + "].uri=" + uri;
	}

	int port() {
		return this.context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
	}

	<T> Collection<T> beans(Class<T> type) {
		return this.context.getBeansOfType(type).values();
	}

	URI uri(String path) {
		return URI.create("http://127.0.0.1:" + port() + path);
	}

	HttpResponse<String> get(String path, String... headers) {
		return send(HttpRequest.newBuilder(uri(path)), headers);
	}

	CompletableFuture<HttpResponse<String>> getAsync(String path) {
		return this.client.sendAsync(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofString());
	}

	HttpResponse<String> post(String path, String body) {
		return send(HttpRequest.newBuilder(uri(path)).POST(BodyPublishers.ofString(body)));
	}

	HttpResponse<String> postChunked(String path, byte[] body) {
		return send(HttpRequest.newBuilder(uri(path))
			.POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body))));
	}

	private HttpResponse<String> send(HttpRequest.Builder request, String... headers) {
		try {
			HttpRequest.Builder all = (headers.length > 0) ? request.headers(headers) : request;
			return this.client.send(all.timeout(Duration.ofSeconds(20)).build(), BodyHandlers.ofString());
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Sends a request as it is written, with headers that clients do not let through.
	 */
	String raw(String... lines) throws IOException {
		try (Socket socket = new Socket("127.0.0.1", port())) {
			String request = String.join("\r\n", lines) + "\r\n\r\n";
			socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
			byte[] beginning = socket.getInputStream().readNBytes(12);
			return new String(beginning, StandardCharsets.US_ASCII);
		}
	}

	@Override
	public void close() {
		this.context.close();
	}

	/**
	 * Resources that all servers of a JVM share would end with the first one. Closes
	 * without their quiet period of two seconds.
	 */
	@Configuration(proxyBeanMethods = false)
	static class OwnResources {

		@Bean
		ReactorResourceFactory resources() {
			ReactorResourceFactory resources = new ReactorResourceFactory();
			resources.setUseGlobalResources(false);
			resources.setShutdownQuietPeriod(Duration.ZERO);
			return resources;
		}

	}

}
