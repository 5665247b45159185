// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience;

import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import io.governance.context.CallContext;
import io.governance.policy.CallRejectedException;
import io.governance.resilience.admission.Pause;
import io.governance.test.Reply;
import io.governance.test.ScriptedUpstream;
import io.governance.time.TimeSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.client.RestClient;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A chain of services, each with its own starter: what is left of the first one's time
 * reaches the last, and a retry of the first is not multiplied by the others.
 */
class HopsIntegrationTests {

	private final HttpClient http = HttpClient.newHttpClient();

	@ParameterizedTest
	@EnumSource
	void theThirdHopIsGivenWhatTheSecondLeaves(InboundServers server) throws Exception {
		try (ScriptedUpstream fourth = ScriptedUpstream.start();
				ConfigurableApplicationContext third = hop(server, fourth.uri(), Duration.ofMillis(800), Map.of());
				ConfigurableApplicationContext second = hop(InboundServers.TOMCAT, uri(server, third),
						Duration.ofMillis(800), Map.of());
				ConfigurableApplicationContext first = hop(InboundServers.TOMCAT, uri(InboundServers.TOMCAT, second),
						Duration.ZERO, Map.of("governance.rules.timeout.all.total", "1s"))) {
			URI edge = uri(InboundServers.TOMCAT, first);
			for (int i = 0; i < 10; i++) {
				get(edge.resolve("/warm"));
			}
			int warmed = fourth.requests().size();
			assertThat(get(edge).statusCode()).isEqualTo(504);
			Hop last = third.getBean(Hop.class);
			assertThat(last.ended.get(20, TimeUnit.SECONDS)).isEqualTo("deadline-exceeded");
			assertThat(last.leftMillis).isBetween(0L, 200L);
			assertThat(last.calledNanos).isLessThan(Duration.ofMillis(100).toNanos());
			assertThat(fourth.requests()).hasSize(warmed);
			assertThat(answeredAfter(uri(server, third))).isLessThan(Duration.ofMillis(150));
		}
	}

	@ParameterizedTest
	@EnumSource
	void onlyTheHopBeforeTheFailureRetries(InboundServers server) throws Exception {
		Map<String, String> retries = Map.of("governance.rules.retry.all.attempts", "3",
				"governance.rules.retry.all.retry-on", "5xx");
		try (ScriptedUpstream third = ScriptedUpstream.start();
				ConfigurableApplicationContext second = hop(server, third.uri(), Duration.ZERO, retries);
				ConfigurableApplicationContext first = hop(server, uri(server, second), Duration.ZERO, retries)) {
			third.otherwise(Reply.status(500));
			HttpResponse<String> answer = get(uri(server, first));
			assertThat(answer.statusCode()).isEqualTo(500);
			assertThat(answer.headers().firstValue("x-governance-retried")).hasValue("true");
			assertThat(third.requests()).extracting((request) -> request.header("x-governance-attempt"))
				.containsExactly("1", "2", "3");
			third.otherwise(Reply.ok());
			HttpResponse<String> well = get(uri(server, first));
			assertThat(well.statusCode()).isEqualTo(200);
			assertThat(well.headers().firstValue("x-governance-retried")).isEmpty();
		}
	}

	/**
	 * How soon a call is answered that has 100 ms: the best of a few, on a machine that
	 * does something else too.
	 */
	private Duration answeredAfter(URI hop) throws Exception {
		long best = Long.MAX_VALUE;
		for (int i = 0; i < 5; i++) {
			long begun = TimeSource.system().nanoTime();
			HttpRequest request = HttpRequest.newBuilder(hop).header("x-governance-timeout-ms", "100").build();
			assertThat(this.http.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(504);
			best = Math.min(best, TimeSource.system().nanoTime() - begun);
		}
		return Duration.ofNanos(best);
	}

	private static ConfigurableApplicationContext hop(InboundServers server, URI next, Duration hold,
			Map<String, String> rules) {
		Map<String, String> properties = new HashMap<>(rules);
		properties.put("next", next.toString());
		properties.put("hold", hold.toNanos() + "");
		properties.put("governance.resilience.outbound.hosts", "localhost,127.0.0.1");
		return server.run(properties, Application.class,
				(server == InboundServers.NETTY) ? ReactiveHop.class : ServletHop.class);
	}

	private static URI uri(InboundServers server, ConfigurableApplicationContext context) {
		return URI.create("http://localhost:" + server.port(context) + "/");
	}

	private HttpResponse<String> get(URI hop) throws Exception {
		return this.http.send(HttpRequest.newBuilder(hop).timeout(Duration.ofSeconds(20)).build(),
				BodyHandlers.ofString());
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

	/**
	 * Works for a while, then calls the next.
	 */
	abstract static class Hop {

		final CompletableFuture<String> ended = new CompletableFuture<>();

		volatile long leftMillis;

		volatile long calledNanos;

		@Value("${hold}")
		private long holdNanos;

		@Value("${next}")
		URI next;

		String work(CallContext context, Supplier<String> call) {
			TimeSource time = TimeSource.system();
			this.leftMillis = (context.deadline() != null) ? context.deadline().remainingNanos(time) / 1_000_000 : -1;
			hold();
			long start = time.nanoTime();
			try {
				String answer = call.get();
				this.ended.complete("answered");
				return answer;
			}
			catch (CallRejectedException ex) {
				this.calledNanos = time.nanoTime() - start;
				this.ended.complete(ex.rejection().reason().name());
				throw ex;
			}
		}

		private void hold() {
			try {
				Pause.holding().await(this.holdNanos);
			}
			catch (InterruptedIOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

	}

	@Configuration(proxyBeanMethods = false)
	@RestController
	static class ServletHop extends Hop {

		private final RestClient client;

		ServletHop(RestClient.Builder client) {
			this.client = client.build();
		}

		@Bean
		static SecurityFilterChain open(HttpSecurity http) {
			return http.authorizeHttpRequests((requests) -> requests.anyRequest().permitAll()).build();
		}

		@GetMapping("/")
		String get() {
			return work(CallContext.current(), () -> call("/"));
		}

		@GetMapping("/warm")
		String warm() {
			return call("/warm");
		}

		private String call(String path) {
			return this.client.get().uri(this.next.resolve(path)).retrieve().body(String.class);
		}

	}

	/**
	 * Goes on when it is cancelled, as work does that knows nothing of subscriptions.
	 */
	@Configuration(proxyBeanMethods = false)
	@RestController
	static class ReactiveHop extends Hop {

		private final WebClient client;

		ReactiveHop(WebClient.Builder client) {
			this.client = client.build();
		}

		@Bean
		static SecurityWebFilterChain open(ServerHttpSecurity http) {
			return http.authorizeExchange((exchanges) -> exchanges.anyExchange().permitAll()).build();
		}

		@GetMapping("/")
		Mono<String> get() {
			return Mono.deferContextual((view) -> Mono.fromFuture(CompletableFuture.supplyAsync(
					() -> work(view.getOrDefault(CallContext.KEY, CallContext.NONE), () -> call("/", view).block())),
					true));
		}

		@GetMapping("/warm")
		Mono<String> warm() {
			return Mono.deferContextual((view) -> call("/warm", view));
		}

		private Mono<String> call(String path, ContextView view) {
			return this.client.get()
				.uri(this.next.resolve(path))
				.retrieve()
				.bodyToMono(String.class)
				.contextWrite(view);
		}

	}

}
