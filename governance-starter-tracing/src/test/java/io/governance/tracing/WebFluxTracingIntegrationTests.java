// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing;

import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.Map;

import io.governance.context.LabelSource;
import io.micrometer.tracing.Tracer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
class WebFluxTracingIntegrationTests {

	private static TracedApplication back;

	private static TracedApplication front;

	private static TracedApplication handMade;

	@BeforeAll
	static void start() {
		back = start(Back.class);
		front = start(Front.class, "--back=" + back.url());
		handMade = start(HandMadeFront.class, "--back=" + back.url());
	}

	@AfterAll
	static void stop() {
		handMade.close();
		front.close();
		back.close();
	}

	@Test
	void traceAndBaggageCrossTwoHops(CapturedOutput output) throws Exception {
		new TwoHopAssertions(front, back).traceAndBaggageCross("/web-client", output);
		new TwoHopAssertions(front, back).aTraceBeginsHereForACallerWithoutOne("/web-client");
	}

	@Test
	void traceAndBaggageCrossAChangeOfThreads(CapturedOutput output) throws Exception {
		new TwoHopAssertions(front, back).traceAndBaggageCross("/other-thread", output);
	}

	@Test
	void traceAndBaggageCrossThroughABuilderMadeByHand(CapturedOutput output) throws Exception {
		new TwoHopAssertions(handMade, back).traceAndBaggageCross("/web-client", output);
	}

	@Test
	void errorsNameTheTraceToo() throws Exception {
		for (String path : new String[] { "/fails", "/no-such-page" }) {
			HttpResponse<String> response = front.get(path);
			assertThat(response.statusCode()).isGreaterThanOrEqualTo(400);
			assertThat(response.headers().allValues("X-Trace-Id")).singleElement().asString().hasSize(32);
		}
	}

	@Test
	void prometheusSeesRequestsWithTheirTraces() throws Exception {
		new ScrapeAssertions(front).requestsAreThereWithTraces("/web-client");
	}

	private static TracedApplication start(Class<?> source, String... arguments) {
		String[] all = new String[arguments.length + 2];
		all[0] = "--management.tracing.sampling.probability=1.0";
		all[1] = "--governance.tracing.mdc=lane";
		System.arraycopy(arguments, 0, all, 2, arguments.length);
		return TracedApplication.start(WebApplicationType.REACTIVE, source, all);
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(BackController.class)
	static class Back {

		@Bean
		RecordedSpans recordedSpans() {
			return new RecordedSpans();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(FrontController.class)
	static class Front {

		@Bean
		RecordedSpans recordedSpans() {
			return new RecordedSpans();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(FrontController.class)
	static class HandMadeFront {

		@Bean
		RecordedSpans recordedSpans() {
			return new RecordedSpans();
		}

		@Bean
		WebClient.Builder webClientBuilder() {
			return WebClient.builder();
		}

	}

	@RestController
	static class BackController {

		private static final Logger logger = LoggerFactory.getLogger(BackController.class);

		private final Tracer tracer;

		private final LabelSource labels;

		BackController(Tracer tracer, LabelSource labels) {
			this.tracer = tracer;
			this.labels = labels;
		}

		@GetMapping("/")
		Mono<Map<String, String>> answer(ServerHttpRequest request) {
			return Mono.fromCallable(() -> seen(request)).subscribeOn(Schedulers.parallel());
		}

		private Map<String, String> seen(ServerHttpRequest request) {
			logger.info("back works");
			Map<String, String> seen = new HashMap<>();
			for (String name : new String[] { "traceparent", "baggage", "b3" }) {
				seen.put(name, request.getHeaders().getFirst(name));
			}
			seen.put("headers", request.getHeaders().headerNames().toString().toLowerCase().replace("user-agent", ""));
			seen.put("span", this.tracer.currentSpan().context().spanId());
			seen.put("label", this.labels.label("lane"));
			seen.put("mdc", MDC.get("lane"));
			return seen;
		}

	}

	@RestController
	static class FrontController {

		private static final Logger logger = LoggerFactory.getLogger(FrontController.class);

		private final WebClient client;

		FrontController(WebClient.Builder builder, @Value("${back}") String url) {
			this.client = builder.baseUrl(url).build();
		}

		@GetMapping("/web-client")
		Mono<String> webClient() {
			return Mono.fromRunnable(() -> logger.info("front works")).then(call());
		}

		@GetMapping("/other-thread")
		Mono<String> otherThread() {
			return Mono.just("x").publishOn(Schedulers.boundedElastic()).flatMap((ignored) -> {
				logger.info("front works");
				return call();
			});
		}

		@GetMapping("/fails")
		Mono<String> fails() {
			return Mono.error(new IllegalStateException("on purpose"));
		}

		private Mono<String> call() {
			return this.client.get().uri("/").retrieve().bodyToMono(String.class);
		}

	}

}
