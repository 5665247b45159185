// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing;

import java.net.http.HttpResponse;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;

import io.governance.context.LabelSource;
import io.micrometer.tracing.Tracer;
import jakarta.servlet.http.HttpServletRequest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.restclient.RestTemplateBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestTemplate;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
class ServletTracingIntegrationTests {

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

	@ParameterizedTest
	@ValueSource(strings = { "/rest-client", "/rest-template" })
	void traceAndBaggageCrossTwoHops(String path, CapturedOutput output) throws Exception {
		new TwoHopAssertions(front, back).traceAndBaggageCross(path, output);
		new TwoHopAssertions(front, back).aTraceBeginsHereForACallerWithoutOne(path);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/hand-made-rest-client", "/hand-made-rest-template" })
	void traceAndBaggageCrossThroughClientsMadeByHand(String path, CapturedOutput output) throws Exception {
		new TwoHopAssertions(handMade, back).traceAndBaggageCross(path, output);
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
		new ScrapeAssertions(front).requestsAreThereWithTraces("/rest-client");
	}

	private static TracedApplication start(Class<?> source, String... arguments) {
		String[] all = new String[arguments.length + 2];
		all[0] = "--management.tracing.sampling.probability=1.0";
		all[1] = "--governance.tracing.mdc=lane";
		System.arraycopy(arguments, 0, all, 2, arguments.length);
		return TracedApplication.start(WebApplicationType.SERVLET, source, all);
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

		@Bean
		RestClient restClient(RestClient.Builder builder, @Value("${back}") String url) {
			return builder.baseUrl(url).build();
		}

		@Bean
		RestTemplate restTemplate(RestTemplateBuilder builder, @Value("${back}") String url) {
			return builder.rootUri(url).build();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(HandMadeController.class)
	static class HandMadeFront {

		@Bean
		RecordedSpans recordedSpans() {
			return new RecordedSpans();
		}

		@Bean
		RestClient.Builder restClientBuilder() {
			return RestClient.builder();
		}

		@Bean
		RestTemplate restTemplate() {
			return new RestTemplate();
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
		Map<String, String> answer(HttpServletRequest request) {
			logger.info("back works");
			Map<String, String> seen = new HashMap<>();
			for (String name : new String[] { "traceparent", "baggage", "b3" }) {
				seen.put(name, request.getHeader(name));
			}
			seen.put("headers", Collections.list(request.getHeaderNames()).toString().replace("user-agent", ""));
			seen.put("span", this.tracer.currentSpan().context().spanId());
			seen.put("label", this.labels.label("lane"));
			seen.put("mdc", MDC.get("lane"));
			return seen;
		}

	}

	@RestController
	static class FrontController {

		private static final Logger logger = LoggerFactory.getLogger(FrontController.class);

		private final RestClient client;

		private final RestTemplate template;

		FrontController(RestClient client, RestTemplate template) {
			this.client = client;
			this.template = template;
		}

		@GetMapping("/rest-client")
		String restClient() {
			logger.info("front works");
			return this.client.get().uri("/").retrieve().body(String.class);
		}

		@GetMapping("/rest-template")
		String restTemplate() {
			logger.info("front works");
			return this.template.getForObject("/", String.class);
		}

		@GetMapping("/fails")
		String fails() {
			throw new IllegalStateException("on purpose");
		}

	}

	@RestController
	static class HandMadeController {

		private static final Logger logger = LoggerFactory.getLogger(HandMadeController.class);

		private final RestClient client;

		private final RestTemplate template;

		private final String url;

		HandMadeController(RestClient.Builder builder, RestTemplate template, @Value("${back}") String url) {
			this.client = builder.baseUrl(url).build();
			this.template = template;
			this.url = url;
		}

		@GetMapping("/hand-made-rest-client")
		String restClient() {
			logger.info("front works");
			return this.client.get().uri("/").retrieve().body(String.class);
		}

		@GetMapping("/hand-made-rest-template")
		String restTemplate() {
			logger.info("front works");
			return this.template.getForObject(this.url + "/", String.class);
		}

	}

}
