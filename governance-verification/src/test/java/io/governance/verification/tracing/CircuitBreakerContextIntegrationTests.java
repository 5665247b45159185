// SPDX-License-Identifier: Apache-2.0

package io.governance.verification.tracing;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

import io.governance.test.ReceivedRequest;
import io.governance.test.Reply;
import io.governance.test.ScriptedUpstream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Context behind Spring Cloud CircuitBreaker, whose time limiter lets calls run on
 * threads of its own.
 */
class CircuitBreakerContextIntegrationTests {

	private static ScriptedUpstream upstream;

	private static ConfigurableApplicationContext application;

	private final String traceId = UUID.randomUUID().toString().replace("-", "");

	private final String all = this.traceId + " blue blue alice in time";

	@BeforeAll
	static void start() {
		upstream = ScriptedUpstream.start();
		application = start("--governance.resilience.outbound.hosts=127.0.0.1");
	}

	@AfterAll
	static void stop() {
		application.close();
		upstream.close();
	}

	@ParameterizedTest(name = "circuitbreaker#182, circuitbreaker#123 {0}")
	@ValueSource(strings = { "/fails", "/fails-in-a-group", "/hangs" })
	void contextIsKeptOnThreadsOfTheBreakerAndInTheFallback(String path) throws Exception {
		assertThat(get(application, path)).containsExactly("callee on pool: " + this.all,
				"fallback on request's thread: " + this.all);
	}

	@Test
	void openfeignIssue949ContextIsKeptBehindTheBreakerOfAFeignClient() throws Exception {
		int before = upstream.requests().size();
		assertThat(get(application, "/feign")).containsExactly("interceptor on pool: " + this.all);
		ReceivedRequest received = upstream.requests().get(before);
		assertThat(received.header("traceparent")).startsWith("00-" + this.traceId);
		assertThat(received.header("baggage")).isEqualTo("lane=blue");
		assertThat(Long.parseLong(String.valueOf(received.header("x-governance-timeout-ms")))).isBetween(1L, 20_000L);
	}

	@Test
	void openfeignIssue949ContextIsKeptInTheFallbackOfAFeignClient() throws Exception {
		upstream.script(Reply.status(503));
		assertThat(get(application, "/feign")).containsExactly("interceptor on pool: " + this.all,
				"fallback on request's thread: " + this.all);
	}

	@Test
	void resilience4jIssue1900ContextIsKeptInRetriesOnAScheduler() throws Exception {
		String later = this.traceId + " blue blue alice whenever";
		assertThat(get(application, "/retry")).containsExactly("attempt on pool: " + this.all,
				"attempt on pool: " + later, "attempt on pool: " + later);
	}

	@Test
	void allOfItIsLostWithoutUs() throws Exception {
		try (ConfigurableApplicationContext without = start("--governance.tracing.context.enabled=false")) {
			assertThat(get(without, "/fails").get(0)).startsWith("callee on pool: ").endsWith(" null whenever");
			assertThat(get(without, "/feign").get(0)).startsWith("interceptor on pool: ").endsWith(" null whenever");
			assertThat(get(without, "/retry")).hasSize(3).containsOnly("attempt on pool: null null null null whenever");
		}
	}

	private static ConfigurableApplicationContext start(String... arguments) {
		return new SpringApplicationBuilder(BreakingApplication.class)
			.properties("spring.config.name=none", "server.port=0", "server.address=127.0.0.1",
					"upstream=" + upstream.uri(), "governance.tracing.mdc=lane",
					"management.tracing.sampling.probability=1.0", "spring.cloud.openfeign.circuitbreaker.enabled=true",
					"resilience4j.timelimiter.configs.default.timeout-duration=2s",
					"resilience4j.timelimiter.instances.hangs.timeout-duration=100ms")
			.run(arguments);
	}

	/**
	 * Calls the application.
	 * @return what it noted
	 */
	private List<String> get(ConfigurableApplicationContext application, String path) throws Exception {
		URI uri = URI
			.create("http://127.0.0.1:" + application.getEnvironment().getProperty("local.server.port") + path);
		HttpRequest request = HttpRequest.newBuilder(uri)
			.timeout(Duration.ofSeconds(30))
			.headers("traceparent", "00-" + this.traceId + "-b7ad6b7169203331-01", "baggage", "lane=blue",
					"x-governance-timeout-ms", "20000")
			.build();
		HttpResponse<String> response = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
		assertThat(response.statusCode()).isEqualTo(200);
		return application.getBean(BreakingApplication.class).notes();
	}

}
