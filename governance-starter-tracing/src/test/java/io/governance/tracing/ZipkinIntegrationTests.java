// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.governance.test.Requirement;
import io.governance.test.zipkin.RealZipkin;
import io.governance.test.zipkin.ZipkinJar;
import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.client.RestClient;
import org.springframework.web.server.ResponseStatusException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.springframework.http.HttpStatus.SERVICE_UNAVAILABLE;

/**
 * An application and a real Zipkin server.
 */
class ZipkinIntegrationTests {

	@RegisterExtension
	static final Requirement ZIPKIN = ZipkinJar.requirement();

	private static RealZipkin zipkin;

	private static TracedApplication application;

	@BeforeAll
	static void start() {
		if (ZIPKIN.isMet()) {
			zipkin = RealZipkin.start();
			application = TracedApplication.start(WebApplicationType.SERVLET, Hops.class,
					"--spring.application.name=hops", "--management.tracing.sampling.probability=1.0",
					"--governance.tracing.export.to=zipkin",
					"--governance.tracing.export.endpoint=" + zipkin.endpoint(),
					"--governance.tracing.export.flush-interval=100ms", "--governance.tracing.export.timeout=500ms",
					"--governance.tracing.export.max-queued-spans=50");
		}
	}

	@AfterAll
	static void stop() {
		if (zipkin != null) {
			application.close();
			zipkin.close();
		}
	}

	@Test
	void aCallIsOneTraceWithParentsAndErrors() throws Exception {
		HttpResponse<String> answer = application.get("/first");
		assertThat(answer.statusCode()).isEqualTo(500);
		String trace = answer.headers().firstValue("X-Trace-Id").orElseThrow();
		await().until(() -> zipkin.trace(trace).size() == 3);
		Map<String, JsonNode> byParent = new HashMap<>();
		zipkin.trace(trace).forEach((span) -> byParent.put(span.path("parentId").asString(""), span));
		JsonNode first = byParent.get("");
		JsonNode client = byParent.get(first.get("id").asString());
		JsonNode second = byParent.get(client.get("id").asString());
		assertThat(first.get("kind").asString()).isEqualTo("SERVER");
		assertThat(client.get("kind").asString()).isEqualTo("CLIENT");
		assertThat(second.get("kind").asString()).isEqualTo("SERVER");
		assertThat(second.get("tags").get("error").asString()).isNotEmpty();
		assertThat(client.get("tags").get("error").asString()).isNotEmpty();
		assertThat(first.get("localEndpoint").get("serviceName").asString()).isEqualTo("hops");
	}

	@Test
	void requestsGoOnWhileZipkinIsKilledOrHangs() throws Exception {
		zipkin.kill();
		callsUntilSpansAreDropped();
		zipkin.restart();
		exportsAgain();
		zipkin.hang();
		callsUntilSpansAreDropped();
		zipkin.goOn();
		exportsAgain();
	}

	private void callsUntilSpansAreDropped() {
		double before = dropped();
		await().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(5)).until(() -> {
			assertThat(application.get("/second?fail=false").statusCode()).isEqualTo(200);
			return dropped() > before + 100;
		});
		assertThat(application.context()
			.getBean(MeterRegistry.class)
			.get("governance.tracing.export.queued")
			.gauge()
			.value()).isLessThanOrEqualTo(50);
	}

	private double dropped() {
		return application.context()
			.getBean(MeterRegistry.class)
			.get("governance.tracing.export.spans")
			.tag("outcome", "dropped")
			.functionCounters()
			.stream()
			.mapToDouble((counter) -> counter.count())
			.sum();
	}

	private void exportsAgain() {
		List<String> traces = new ArrayList<>();
		await().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(200)).until(() -> {
			traces.add(application.get("/second?fail=false").headers().firstValue("X-Trace-Id").orElseThrow());
			return traces.stream().anyMatch((trace) -> zipkin.trace(trace).size() == 1);
		});
	}

	/**
	 * A service that calls itself.
	 */
	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@RestController
	static class Hops {

		private final RestClient.Builder client;

		Hops(RestClient.Builder client) {
			this.client = client;
		}

		@GetMapping("/first")
		String first() {
			return String
				.valueOf(this.client.build().get().uri(application.url() + "/second").retrieve().body(String.class));
		}

		@GetMapping("/second")
		String second(@RequestParam(defaultValue = "true") boolean fail) {
			if (fail) {
				throw new ResponseStatusException(SERVICE_UNAVAILABLE);
			}
			return "fine";
		}

	}

}
