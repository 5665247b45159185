// SPDX-License-Identifier: Apache-2.0

package io.governance.demo.e2e;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.governance.metrics.GovernanceMeter;
import io.governance.test.consul.ConsulBinary;
import io.governance.test.Requirement;
import io.governance.test.prometheus.PrometheusCommands;
import io.governance.test.prometheus.Promtool;
import io.governance.test.zipkin.ZipkinJar;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The demo with a real Consul, looked at by the Prometheus that it starts with what
 * stands ready under {@code deploy/observability}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ObservedDemoIntegrationTests {

	@RegisterExtension
	static final Requirement CONSUL = ConsulBinary.requirement();

	@RegisterExtension
	static final Requirement PROMETHEUS = PrometheusCommands.requirement();

	@RegisterExtension
	static final Requirement ZIPKIN = ZipkinJar.requirement();

	/** The demo comes without a route. */
	private static final String ROUTE = """
			    route:
			      inventory:
			        match: {service: inventory}
			        to: [{subset: {version: "1"}, weight: 50}, {subset: {version: "2"}, weight: 50}]
			""";

	private static final Duration SOON = Duration.ofSeconds(60);

	/**
	 * How the names of panels begin that show nothing here, each with the reason.
	 */
	private static final Map<String, String> EMPTY = Map.of( //
			"Governance: overview / Alerts", "nothing fires while all is well", //
			"Governance: resilience / governance.adaptive.breaker.", "the demo has circuit breakers instead", //
			"Governance: resilience / Limits", "the demo has no limits until its user writes some", //
			"Governance: resilience / Would reject", "the demo has no rule in shadow", //
			"Governance: tracing, metrics and logs / governance.access.log.", "the access log is off", //
			"Governance: tracing, metrics and logs / governance.metrics.overflow", "no tag has too many values");

	private final Http http = new Http();

	private Demo demo;

	private String orders;

	private DemoPrometheus prometheus;

	@BeforeAll
	void up() {
		if (CONSUL.isMet() && PROMETHEUS.isMet() && ZIPKIN.isMet()) {
			this.demo = new Demo("observed", Map.of(), "--registry", "consul", "--with", "zipkin,prometheus");
			this.demo.writeConfig(Demo.RULES, this.demo.readConfig(Demo.RULES) + ROUTE);
			this.orders = this.demo.url("gateway") + "/api/orders";
			this.prometheus = new DemoPrometheus(this.http, this.demo.url("prometheus"));
		}
	}

	@AfterAll
	void down() {
		if (this.demo != null) {
			this.demo.close();
		}
	}

	@Test
	@Order(1)
	void everyProcessIsFoundAndScraped() {
		await().atMost(SOON)
			.untilAsserted(() -> assertThat(this.prometheus.scraped()).containsEntry("registry", "consul")
				.containsEntry("config-server", "config-server")
				.containsEntry("gateway-1", "gateway")
				.containsEntry("storefront-1", "storefront")
				.containsEntry("orders-1", "orders")
				.containsEntry("inventory-1", "inventory")
				.containsEntry("inventory-2", "inventory")
				.containsEntry("payments-1", "payments")
				.hasSize(8));
	}

	@Test
	@Order(2)
	void everyPanelOfTheDashboardsShowsSomething() {
		try (Load load = Load.start(this.http, this.orders, 600, 20)) {
			await().atMost(SOON).untilAsserted(() -> assertThat(emptyPanels()).isEmpty());
			assertThat(load.sent()).isPositive();
		}
		// a machine that builds at the same time may be slow, and that is told
		assertThat(this.prometheus.firing()).allMatch((alert) -> alert.startsWith("Latency"));
	}

	@Test
	@Order(2)
	void promtoolHasNoComplaintAboutAnyProcess() {
		for (String process : List.of("config-server", "gateway", "storefront", "orders", "inventory-1", "payments")) {
			String scrape = this.http.get(this.demo.url(process) + "/actuator/prometheus").body();
			assertThat(Promtool.checkMetrics(scrape)).as(process).isEmpty();
			assertThat(scrape.lines().filter((line) -> line.startsWith("# TYPE governance_"))).as(process)
				.isNotEmpty()
				.allMatch(ObservedDemoIntegrationTests::isListed);
		}
	}

	private static boolean isListed(String typeLine) {
		String name = typeLine.split(" ")[2];
		return Stream.of(GovernanceMeter.values())
			.map((meter) -> meter.meterName().replace('.', '_'))
			.anyMatch((listed) -> name.matches(listed + "(_seconds|_bytes)?(_total|_max)?"));
	}

	private List<String> emptyPanels() {
		List<String> empty = new ArrayList<>();
		DemoPrometheus.eachQuery((panel, query) -> {
			boolean expected = EMPTY.keySet().stream().anyMatch(panel::startsWith);
			if (!expected && !this.prometheus.hasData(query)) {
				empty.add(panel + ": " + query);
			}
		});
		return empty;
	}

	@Test
	@Order(3)
	void anOpenBreakerFiresItsAlert() {
		this.demo.run("kill", "payments");
		await().atMost(SOON).pollInterval(Duration.ofMillis(100)).until(() -> {
			this.http.post(this.orders, Load.ORDER);
			return this.prometheus.firing().contains("CircuitBreakerOpen orders");
		});
	}

}
