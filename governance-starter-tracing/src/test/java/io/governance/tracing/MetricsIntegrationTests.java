// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.client.RestClient;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What callers send does not decide how many series there are.
 */
class MetricsIntegrationTests {

	/** The long form has as many as scripts/soak says. */
	private static final int REQUESTS = Integer.getInteger("metrics.requests", 10_000);

	/** Caches of the server fill up; what grew with each request would be far beyond. */
	private static final long MAX_GROWTH = 32 * 1024 * 1024;

	private final HttpClient client = HttpClient.newHttpClient();

	@ParameterizedTest
	@EnumSource(value = WebApplicationType.class, names = { "SERVLET", "REACTIVE" })
	void seriesStayBoundedWhateverCallersSend(WebApplicationType type) throws Exception {
		try (TracedApplication application = start(type)) {
			send(application, 2_000);
			long before = series(application);
			long heap = usedHeap();
			send(application, REQUESTS);
			assertThat(usedHeap() - heap).as("growth of the heap").isLessThan(MAX_GROWTH);
			assertThat(series(application)).isLessThanOrEqualTo(before + 20).isLessThan(3_000);
			assertThat(
					scrape(application).lines().filter((line) -> line.startsWith("http_server_requests_seconds_count")))
				.hasSizeLessThan(60)
				.anyMatch((line) -> line.contains("method=\"UNKNOWN\""))
				.anyMatch((line) -> line.contains("uri=\"/users/{id}\""));
		}
	}

	@ParameterizedTest
	@EnumSource(value = WebApplicationType.class, names = { "SERVLET", "REACTIVE" })
	void seriesStayBoundedWhenClientsWriteReadyMadeUris(WebApplicationType type) {
		try (TracedApplication application = start(type)) {
			RestClient blocking = application.context().getBean(RestClient.Builder.class).build();
			WebClient reactive = application.context().getBean(WebClient.Builder.class).build();
			for (int i = 0; i < 500; i++) {
				blocking.get().uri(application.url() + "/users/a" + i).retrieve().toBodilessEntity();
				reactive.get().uri(application.url() + "/users/b" + i).retrieve().toBodilessEntity().block();
			}
			List<String> calls = scrape(application).lines()
				.filter((line) -> line.startsWith("http_client_requests_seconds_count"))
				.toList();
			assertThat(calls).hasSize(100).anyMatch((line) -> line.contains("uri=\"_other\""));
			assertThat(calls.stream().mapToDouble(MetricsIntegrationTests::value).sum()).isEqualTo(1000);
			assertThat(scrape(application).lines()
				.filter((line) -> line.startsWith("governance_metrics_overflow_total{meter=\"http.client.requests\"")))
				.hasSize(1)
				.allMatch((line) -> value(line) > 800);
		}
	}

	private static TracedApplication start(WebApplicationType type) {
		return TracedApplication.start(type, Application.class, "--spring.application.name=bounded",
				"--management.tracing.sampling.probability=1", "--logging.level.root=warn",
				// Tomcat and Netty: with Jetty, paths of static resources that are not
				// there
				// are remembered by a class loader
				"--spring.autoconfigure.exclude=org.springframework.boot.jetty.autoconfigure.servlet.JettyServletWebServerAutoConfiguration,org.springframework.boot.jetty.autoconfigure.reactive.JettyReactiveWebServerAutoConfiguration");
	}

	private void send(TracedApplication application, int requests) {
		for (int start = 0; start < requests; start += 100) {
			CompletableFuture<?>[] sent = IntStream.range(start, start + 100)
				.mapToObj((i) -> this.client.sendAsync(request(application, i), BodyHandlers.discarding()))
				.toArray(CompletableFuture<?>[]::new);
			CompletableFuture.allOf(sent).join();
		}
	}

	private static HttpRequest request(TracedApplication application, int i) {
		String path = (i % 2 == 0) ? "/users/" + i : "/nothing/" + i;
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(application.url() + path + "?query=" + i))
			.header("x-user", "user-" + i)
			.header("User-Agent", "agent-" + i);
		return ((i % 5 == 0) ? request.method("METHOD" + i, BodyPublishers.noBody()) : request.GET()).build();
	}

	private static long usedHeap() {
		System.gc();
		Runtime runtime = Runtime.getRuntime();
		return runtime.totalMemory() - runtime.freeMemory();
	}

	private static long series(TracedApplication application) {
		return scrape(application).lines().filter((line) -> !line.startsWith("#")).count();
	}

	private static String scrape(TracedApplication application) {
		try {
			return application.get("/actuator/prometheus").body();
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	private static double value(String line) {
		return Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1));
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		@Bean
		Users users() {
			return new Users();
		}

	}

	@RestController
	static class Users {

		@RequestMapping("/users/{id}")
		String user(@PathVariable String id) {
			return id;
		}

	}

}
