// SPDX-License-Identifier: Apache-2.0

package io.governance.gateway;

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

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the gateway reports in Istio's names: each request once as received, and once as
 * passed on, whatever the number of attempts.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GatewayIstioMetricsIntegrationTests {

	private static final List<String> SERVICES = List.of("plain", "retried", "exhausted", "gone", "nobody", "open",
			"limited", "slow", "closed");

	private final ScriptedUpstream upstream = ScriptedUpstream.start();

	private TestGateway gateway;

	@BeforeAll
	void start() {
		ScriptedUpstream gone = ScriptedUpstream.start();
		gone.close();
		List<String> properties = new ArrayList<>(List.of("governance.tracing.metrics.istio.enabled=true",
				"governance.trusted-callers=127.0.0.1/32", "management.tracing.sampling.probability=1",
				"governance.rules.retry.again.retry-on=503,connect", "governance.rules.retry.again.backoff.base=5ms",
				"governance.rules.retry.again.attempts=2"));
		for (String service : SERVICES) {
			properties.addAll(TestGateway.route(SERVICES.indexOf(service), service, "lb://" + service));
			if (!service.equals("nobody")) {
				properties
					.add(TestGateway.instance(service, 0, service.equals("gone") ? gone.uri() : this.upstream.uri()));
			}
		}
		properties.addAll(rule("circuit-breaker.open", "match.service=open", "minimum-calls=1", "window-size=1"));
		properties
			.addAll(rule("rate-limit.out", "match.service=limited", "match.direction=outbound", "limit=1", "per=1h"));
		properties.addAll(rule("rate-limit.in", "match.path=/closed/**", "limit=1", "per=1h"));
		this.gateway = TestGateway.start(properties);
	}

	@AfterAll
	void stop() {
		this.gateway.close();
		this.upstream.close();
	}

	@Test
	void aRequestIsReportedOnceAsReceivedAndOnceAsPassedOn() {
		assertThat(this.gateway.get("/plain/x", "x-governance-caller", "till").statusCode()).isEqualTo(200);
		awaitSource("plain", Map.of("200 -", 1.0));
		assertThat(counters("destination", "source_workload", "till")).singleElement().satisfies((counter) -> {
			assertThat(counter.count()).isOne();
			assertThat(counter.getId().getTag("destination_workload")).isEqualTo("gateway");
			assertThat(counter.getId().getTag("source_canonical_service")).isEqualTo("till");
			assertThat(counter.getId().getTag("source_workload_namespace")).isEqualTo("default");
		});
		assertThat(counters("source", "destination_service_name", "plain"))
			.allSatisfy((counter) -> assertThat(counter.getId().getTag("source_workload")).isEqualTo("gateway"));
	}

	@Test
	void aRequestThatIsTriedAgainIsReportedOnce() {
		int before = this.upstream.requests().size();
		this.upstream.script(Reply.status(503), Reply.ok());
		assertThat(this.gateway.get("/retried/x").statusCode()).isEqualTo(200);
		assertThat(this.upstream.requests()).hasSize(before + 2);
		awaitSource("retried", Map.of("200 -", 1.0));
	}

	@Test
	void exhaustedRetriesAreFlagged() {
		this.upstream.script(Reply.status(503), Reply.status(503));
		assertThat(this.gateway.get("/exhausted/x").statusCode()).isEqualTo(503);
		awaitSource("exhausted", Map.of("503 URX", 1.0));
		assertThat(this.gateway.get("/gone/x").statusCode()).isEqualTo(503);
		awaitSource("gone", Map.of("503 UF,URX", 1.0));
	}

	@Test
	void aServiceWithoutInstancesIsFlagged() {
		assertThat(this.gateway.get("/nobody/x").statusCode()).isEqualTo(503);
		awaitSource("nobody", Map.of("503 UH", 1.0));
	}

	@Test
	void anOpenBreakerIsFlagged() {
		this.upstream.script(Reply.status(500));
		assertThat(this.gateway.get("/open/x").statusCode()).isEqualTo(500);
		assertThat(this.gateway.get("/open/x").statusCode()).isEqualTo(503);
		awaitSource("open", Map.of("500 -", 1.0, "503 UO", 1.0));
	}

	@Test
	void aLimitOfCallsIsFlagged() {
		assertThat(this.gateway.get("/limited/x").statusCode()).isEqualTo(200);
		assertThat(this.gateway.get("/limited/x").statusCode()).isEqualTo(429);
		awaitSource("limited", Map.of("200 -", 1.0, "429 RL", 1.0));
	}

	@Test
	void aCallThatTakesTooLongIsFlagged() {
		this.upstream.script(Reply.hang());
		assertThat(this.gateway.get("/slow/x", "x-governance-timeout-ms", "200").statusCode()).isEqualTo(504);
		awaitSource("slow", Map.of("504 UT", 1.0));
	}

	@Test
	void whatTheGatewayItselfRejectsIsNotPassedOn() {
		assertThat(this.gateway.get("/closed/x", "x-governance-caller", "pushy").statusCode()).isEqualTo(200);
		assertThat(this.gateway.get("/closed/x", "x-governance-caller", "pushy").statusCode()).isEqualTo(429);
		awaitReports("destination", "source_workload", "pushy", Map.of("200 -", 1.0, "429 RL", 1.0));
		awaitSource("closed", Map.of("200 -", 1.0));
	}

	private void awaitSource(String service, Map<String, Double> reports) {
		awaitReports("source", "destination_service_name", service, reports);
	}

	/**
	 * A report is made when the response has gone out.
	 */
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
		return this.gateway.beans(MeterRegistry.class)
			.iterator()
			.next()
			.find("istio.requests")
			.tags("reporter", reporter, tag, value)
			.counters();
	}

	private static List<String> rule(String name, String... fields) {
		return List.of(fields).stream().map((field) -> "governance.rules." + name + "." + field).toList();
	}

}
