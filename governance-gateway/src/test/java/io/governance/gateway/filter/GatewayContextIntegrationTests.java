// SPDX-License-Identifier: Apache-2.0

package io.governance.gateway.filter;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import brave.Span.Kind;
import brave.handler.MutableSpan;
import io.governance.gateway.GatewayApplication;
import io.governance.test.Reply;
import io.governance.test.ScriptedUpstream;
import io.micrometer.tracing.Tracer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.MDC;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.http.client.ReactorResourceFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The trace in filters and log lines of the gateway, with Reactor's propagation limited.
 */
@ExtendWith(OutputCaptureExtension.class)
class GatewayContextIntegrationTests {

	private static final List<String> PLACES = List.of("web filter in", "early in", "filter in", "late in",
			"unordered in", "unordered back", "late back", "filter back", "early back", "web filter back");

	private static ScriptedUpstream upstream;

	private static ConfigurableApplicationContext gateway;

	private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	@BeforeAll
	static void start() {
		upstream = ScriptedUpstream.start();
		String route = "--spring.cloud.gateway.server.webflux.routes[0].";
		gateway = new SpringApplicationBuilder(GatewayApplication.class, GatewayTraces.class).run("--server.port=0",
				"--server.address=127.0.0.1", "--spring.main.banner-mode=off",
				"--management.tracing.sampling.probability=1.0", "--governance.tracing.mdc=lane",
				"--governance.trusted-callers=127.0.0.1/32", "--governance.tracing.access-log.enabled=true",
				route + "id=orders", route + "uri=lb://orders", route + "predicates[0]=Path=/**",
				"--spring.cloud.discovery.client.simple.instances.orders[0].uri=" + upstream.uri(),
				"--governance.rules.retry.orders.match.service=orders", "--governance.rules.retry.orders.attempts=2",
				"--governance.rules.retry.orders.retry-on=503", "--governance.rules.retry.orders.backoff.base=5ms");
	}

	@AfterAll
	static void stop() {
		gateway.close();
		upstream.close();
	}

	@Test
	void gatewayIssue3690EachExchangeHasItsOwnIdsInTheLoggingContext() {
		List<CompletableFuture<String>> calls = IntStream.range(0, 100).mapToObj((number) -> call("/")).toList();
		calls.stream().map(CompletableFuture::join).forEach(this::allPlacesKnow);
	}

	@Test
	void gatewayIssue2475LogLinesOfRoutedRequestsNameTheTrace(CapturedOutput output) {
		String traceId = call("/").join();
		allPlacesKnow(traceId);
		for (String place : PLACES) {
			assertThat(output.toString().lines())
				.anyMatch((line) -> line.contains("[" + traceId + "-") && line.contains("user's " + place + " works"));
		}
	}

	@Test
	void tracingIssues312And600TheCurrentSpanIsThereAndTheAccessLogNamesIt(CapturedOutput output) {
		String traceId = call("/of-the-access-log").join();
		allPlacesKnow(traceId);
		Awaitility.await()
			.untilAsserted(() -> assertThat(output.toString().lines())
				.anyMatch((line) -> line.contains("/of-the-access-log") && line.contains(traceId)));
	}

	@Test
	void principalAndDeadlineAreInTheContextOfFiltersAndTheDeadlineIsSent() {
		int before = upstream.requests().size();
		String traceId = call("/").join();
		GatewayTraces traces = gateway.getBean(GatewayTraces.class);
		Awaitility.await().until(() -> traces.callers.get(traceId).size() == PLACES.size());
		assertThat(traces.callers.get(traceId))
			.containsExactlyElementsOf(PLACES.stream().map((place) -> place + ": alice in time").toList());
		assertThat(Long.parseLong(String.valueOf(upstream.requests().get(before).header("x-governance-timeout-ms"))))
			.isBetween(1L, 20_000L);
	}

	@Test
	void tracingIssue378ThreadsAreCleanAfterAnExchange() {
		Stream.generate(() -> call("/")).limit(20).toList().forEach(CompletableFuture::join);
		Tracer tracer = gateway.getBean(Tracer.class);
		ReactorResourceFactory resources = gateway.getBean(ReactorResourceFactory.class);
		for (int i = 0; i < 2 * Runtime.getRuntime().availableProcessors(); i++) {
			CompletableFuture<String> left = new CompletableFuture<>();
			resources.getLoopResources()
				.onServer(true)
				.next()
				.execute(() -> left.complete(
						((tracer.currentSpan() != null) ? "span " : "") + MDC.get("traceId") + " " + MDC.get("lane")));
			assertThat(left.join()).isEqualTo("null null");
		}
	}

	@Test
	void attemptsAreSiblingsBelowTheExchange() {
		upstream.script(Reply.status(503), Reply.ok());
		int before = upstream.requests().size();
		String traceId = call("/").join();
		GatewayTraces.Spans spans = gateway.getBean(GatewayTraces.Spans.class);
		Awaitility.await().until(() -> spans.of(traceId).size() == 3);
		MutableSpan server = spans.of(traceId)
			.stream()
			.filter((span) -> span.kind() == Kind.SERVER)
			.findFirst()
			.orElseThrow();
		List<MutableSpan> attempts = new ArrayList<>(spans.of(traceId));
		attempts.remove(server);
		assertThat(attempts).allSatisfy((span) -> {
			assertThat(span.parentId()).isEqualTo(server.id());
			assertThat(span.kind()).isEqualTo(Kind.CLIENT);
			assertThat(span.tag("server.port")).isEqualTo(Integer.toString(upstream.port()));
		});
		assertThat(attempts).extracting((span) -> span.tag("governance.attempt")).containsExactly("1", "2");
		assertThat(attempts).extracting((span) -> span.error() != null || span.tag("error") != null)
			.containsExactly(true, false);
		assertThat(upstream.requests().subList(before, before + 2))
			.extracting((request) -> request.header("traceparent"))
			.containsExactly("00-" + traceId + "-" + attempts.get(0).id() + "-01",
					"00-" + traceId + "-" + attempts.get(1).id() + "-01");
	}

	/**
	 * Makes a call with a trace and baggage of its own.
	 * @return the trace id
	 */
	private CompletableFuture<String> call(String path) {
		String traceId = UUID.randomUUID().toString().replace("-", "");
		URI uri = URI.create("http://127.0.0.1:" + gateway.getEnvironment().getProperty("local.server.port") + path);
		HttpRequest request = HttpRequest.newBuilder(uri)
			.timeout(Duration.ofSeconds(30))
			.headers("traceparent", "00-" + traceId + "-b7ad6b7169203331-01", "baggage", "lane=" + traceId, "x-call",
					traceId, "x-governance-timeout-ms", "20000")
			.build();
		return this.client.sendAsync(request, BodyHandlers.ofString())
			.thenApply(HttpResponse::statusCode)
			.thenApply((status) -> {
				assertThat(status).isEqualTo(200);
				return traceId;
			});
	}

	private void allPlacesKnow(String traceId) {
		GatewayTraces traces = gateway.getBean(GatewayTraces.class);
		Awaitility.await().until(() -> traces.seen.get(traceId).size() == PLACES.size());
		String all = " " + traceId + " " + traceId + " " + traceId + " " + traceId;
		assertThat(traces.seen.get(traceId))
			.containsExactlyElementsOf(PLACES.stream().map((place) -> place + ":" + all).toList());
	}

}
