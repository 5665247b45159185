// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

import io.governance.context.CallContext;
import io.governance.policy.Call.Priority;
import io.governance.execution.Deadline;
import io.governance.time.TimeSource;
import io.micrometer.tracing.Tracer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.client.ReactorResourceFactory;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.context.ReactiveSecurityContextHolder;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.WebFilter;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The context in operators of a WebFlux application, with Reactor's automatic
 * propagation.
 */
class ReactorContextIntegrationTests {

	private static final Map<String, String> AFTERWARDS = new ConcurrentHashMap<>();

	private static TracedApplication application;

	private final HttpClient client = HttpClient.newHttpClient();

	@BeforeAll
	static void start() {
		application = TracedApplication.start(WebApplicationType.REACTIVE, Application.class,
				"--governance.tracing.mdc=lane");
	}

	@AfterAll
	static void stop() {
		application.close();
	}

	@Test
	void contextIsInEveryOperatorWhateverItsThread() {
		String traceId = id();
		assertThat(call(traceId).join()).isEqualTo(expected(traceId));
		Awaitility.await().until(() -> AFTERWARDS.containsKey(traceId));
		assertThat(AFTERWARDS.get(traceId)).startsWith(traceId + " " + traceId + " " + traceId + " " + traceId);
	}

	@Test
	void tracingIssue1082BaggageIsAlwaysThatOfTheOwnCall() {
		List<String> traceIds = IntStream.range(0, 200).mapToObj((number) -> id()).toList();
		List<CompletableFuture<String>> calls = traceIds.stream().map(this::call).toList();
		for (int i = 0; i < calls.size(); i++) {
			assertThat(calls.get(i).join()).isEqualTo(expected(traceIds.get(i)));
		}
	}

	@Test
	void tracingIssue378ThreadsAreCleanAfterACall() {
		IntStream.range(0, 50).mapToObj((number) -> call(id())).toList().forEach(CompletableFuture::join);
		Tracer tracer = application.context().getBean(Tracer.class);
		ReactorResourceFactory resources = application.context().getBean(ReactorResourceFactory.class);
		for (int i = 0; i < 2 * Runtime.getRuntime().availableProcessors(); i++) {
			CompletableFuture<String> left = new CompletableFuture<>();
			resources.getLoopResources().onServer(true).next().execute(() -> left.complete(seen(tracer)));
			assertThat(left.join()).isEqualTo("none null null null false");
		}
	}

	private CompletableFuture<String> call(String traceId) {
		HttpRequest request = HttpRequest.newBuilder(URI.create(application.url() + "/"))
			.timeout(Duration.ofSeconds(30))
			.headers("traceparent", "00-" + traceId + "-b7ad6b7169203331-00", "baggage", "lane=" + traceId)
			.build();
		return this.client.sendAsync(request, BodyHandlers.ofString()).thenApply(HttpResponse::body);
	}

	/**
	 * In reactive code Spring Security's principal is in Reactor's context only.
	 */
	private static String expected(String traceId) {
		return (traceId + " " + traceId + " " + traceId + " " + traceId + " true\n").repeat(4) + "alice";
	}

	private static String id() {
		return UUID.randomUUID().toString().replace("-", "");
	}

	private static String seen(Tracer tracer) {
		String span = (tracer.currentSpan() != null) ? tracer.currentSpan().context().traceId() : "none";
		String lane = (tracer.getBaggage("lane") != null) ? tracer.getBaggage("lane").get() : null;
		return span + " " + MDC.get("traceId") + " " + lane + " " + MDC.get("lane") + " "
				+ (CallContext.current().deadline() != null);
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(Controller.class)
	static class Application {

		@Bean
		WebFilter afterwards(Tracer tracer) {
			return (exchange, chain) -> chain.filter(exchange).then(Mono.fromRunnable(() -> {
				String seen = seen(tracer);
				AFTERWARDS.put(seen.substring(0, Math.min(32, seen.length())), seen);
			}));
		}

		@Bean
		WebFilter call() {
			CallContext context = new CallContext(new Deadline(TimeSource.system().nanoTime() + 60_000_000_000L), 1,
					Map.of(), "caller", Priority.DEFAULT);
			return (exchange, chain) -> chain.filter(exchange)
				.contextWrite((view) -> view.put(CallContext.KEY, context))
				.contextWrite(ReactiveSecurityContextHolder
					.withAuthentication(new TestingAuthenticationToken("alice", "secret")));
		}

	}

	@RestController
	static class Controller {

		private final Tracer tracer;

		Controller(Tracer tracer) {
			this.tracer = tracer;
		}

		@GetMapping("/")
		Mono<String> answer() {
			return Mono.fromCallable(() -> seen(this.tracer))
				.subscribeOn(Schedulers.parallel())
				.publishOn(Schedulers.boundedElastic())
				.map((before) -> before + "\n" + seen(this.tracer))
				.delayElement(Duration.ofMillis(1))
				.map((before) -> before + "\n" + seen(this.tracer))
				.flatMap((before) -> Mono.fromCallable(() -> before + "\n" + seen(this.tracer))
					.subscribeOn(Schedulers.single()))
				.flatMap((before) -> ReactiveSecurityContextHolder.getContext()
					.map((security) -> before + "\n" + security.getAuthentication().getName()));
		}

	}

}
