// SPDX-License-Identifier: Apache-2.0

package io.governance.verification.metrics;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.governance.test.Reply;
import io.governance.test.ScriptedUpstream;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a service with all starters reports in Istio's names: each call once, whatever the
 * number of attempts, with what rejected it; each request once, with its caller.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IstioReportsIntegrationTests {

	private static final List<String> SERVICES = List.of("plain", "retried", "gone", "nobody", "open", "limited",
			"slow", "late");

	private final ScriptedUpstream upstream = ScriptedUpstream.start();

	private ConfigurableApplicationContext application;

	@BeforeAll
	void start() {
		List<String> arguments = new ArrayList<>(List.of("spring.config.name=none", "spring.application.name=till",
				"server.port=0", "server.address=127.0.0.1", "governance.tracing.metrics.istio.enabled=true",
				"management.tracing.sampling.probability=1", "governance.rules.retry.again.retry-on=503,connect",
				"governance.rules.retry.again.backoff.base=5ms", "governance.rules.retry.again.attempts=2"));
		arguments.addAll(rule("rate-limit.in", "match.path=/limited", "limit=1", "per=1h"));
		for (Caller.Kind kind : Caller.Kind.values()) {
			SERVICES.forEach((service) -> arguments.addAll(service(service, kind)));
		}
		this.application = new SpringApplicationBuilder(Caller.class).web(WebApplicationType.SERVLET)
			.run(arguments.stream().map((argument) -> "--" + argument).toArray(String[]::new));
	}

	private List<String> service(String service, Caller.Kind kind) {
		String name = kind.service(service);
		List<String> properties = new ArrayList<>();
		if (!service.equals("nobody")) {
			properties.add("spring.cloud.discovery.client.simple.instances." + name + "[0].uri="
					+ (service.equals("gone") ? "http://127.0.0.1:1" : this.upstream.uri()));
		}
		String match = "match.service=" + name;
		switch (service) {
			case "open" ->
				properties.addAll(rule("circuit-breaker." + name, match, "minimum-calls=1", "window-size=1"));
			case "limited" ->
				properties.addAll(rule("rate-limit." + name, match, "match.direction=outbound", "limit=1", "per=1h"));
			case "slow" -> properties.addAll(rule("timeout." + name, match, "total=300ms"));
			case "late" -> properties.addAll(rule("timeout." + name, match, "total=10s", "per-try=300ms"));
			default -> {
				// nothing but its instances
			}
		}
		return properties;
	}

	@AfterAll
	void stop() {
		this.application.close();
		this.upstream.close();
	}

	@ParameterizedTest
	@EnumSource
	void aCallIsReportedOnceWhateverTheNumberOfAttempts(Caller.Kind kind) {
		call(kind, "plain");
		awaitSource(kind, "plain", Map.of("200 -", 1.0));
		int before = this.upstream.requests().size();
		this.upstream.script(Reply.status(503), Reply.ok());
		call(kind, "retried");
		assertThat(this.upstream.requests()).hasSize(before + 2);
		awaitSource(kind, "retried", Map.of("200 -", 1.0));
	}

	@ParameterizedTest
	@EnumSource
	void whyACallHadNoResponseIsFlagged(Caller.Kind kind) {
		call(kind, "gone");
		awaitSource(kind, "gone", Map.of("503 UF", 1.0));
		call(kind, "nobody");
		awaitSource(kind, "nobody", Map.of("503 UH", 1.0));
		this.upstream.script(Reply.hang());
		call(kind, "slow");
		awaitSource(kind, "slow", Map.of("504 UT", 1.0));
		this.upstream.script(Reply.hang());
		call(kind, "late");
		awaitSource(kind, "late", Map.of("504 UT", 1.0));
	}

	@ParameterizedTest
	@EnumSource
	void aCallThatARuleRejectsIsFlagged(Caller.Kind kind) {
		this.upstream.script(Reply.status(500));
		call(kind, "open");
		call(kind, "open");
		awaitSource(kind, "open", Map.of("500 -", 1.0, "503 UO", 1.0));
		call(kind, "limited");
		call(kind, "limited");
		awaitSource(kind, "limited", Map.of("200 -", 1.0, "429 RL", 1.0));
	}

	@Test
	void aRequestIsReportedWithItsCallerAndWhatRejectedIt() throws Exception {
		assertThat(get("/limited", "shop")).isEqualTo(200);
		assertThat(get("/limited", "shop")).isEqualTo(429);
		awaitReports("destination", "source_workload", "shop", Map.of("200 -", 1.0, "429 RL", 1.0));
		assertThat(counters("destination", "source_workload", "shop")).allSatisfy((counter) -> {
			assertThat(counter.getId().getTag("source_canonical_service")).isEqualTo("shop");
			assertThat(counter.getId().getTag("destination_service_name")).isEqualTo("till");
		});
	}

	private void call(Caller.Kind kind, String service) {
		this.application.getBean(Caller.class).call(kind, service);
	}

	private int get(String path, String caller) throws IOException, InterruptedException {
		URI uri = URI
			.create("http://127.0.0.1:" + this.application.getEnvironment().getProperty("local.server.port") + path);
		HttpRequest request = HttpRequest.newBuilder(uri).header("x-governance-caller", caller).build();
		return HttpClient.newHttpClient().send(request, BodyHandlers.discarding()).statusCode();
	}

	private void awaitSource(Caller.Kind kind, String service, Map<String, Double> reports) {
		awaitReports("source", "destination_service_name", kind.service(service), reports);
	}

	private void awaitReports(String reporter, String tag, String value, Map<String, Double> reports) {
		Awaitility.await().untilAsserted(() -> {
			Map<String, Double> found = new TreeMap<>();
			counters(reporter, tag, value).forEach((counter) -> found.put(
					counter.getId().getTag("response_code") + " " + counter.getId().getTag("response_flags"),
					counter.count()));
			assertThat(found).isEqualTo(reports);
		});
	}

	private Collection<Counter> counters(String reporter, String tag, String value) {
		return this.application.getBean(MeterRegistry.class)
			.find("istio.requests")
			.tags("reporter", reporter, tag, value)
			.counters();
	}

	private static List<String> rule(String name, String... fields) {
		return List.of(fields).stream().map((field) -> "governance.rules." + name + "." + field).toList();
	}

}
