// SPDX-License-Identifier: Apache-2.0

package io.governance.demo.e2e;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What a user of the demo sees, on one kind of registry. The demo is started once; each
 * test leaves it as it found it.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class DemoJourney {

	private static final boolean LONG = "long".equals(System.getProperty("e2e.scale"));

	/** A machine that does other work is not to be tested for its speed. */
	private static final int AT_ONCE = LONG ? Integer.MAX_VALUE : 16;

	private static final Duration LIVE = Duration.ofSeconds(2);

	/** The defaults are for registries that tell of changes less quickly. */
	private static final Map<String, String> SHORT_WAITS = Map.of("DEMO_JAVA_OPTIONS",
			"-Dgovernance.discovery.lifecycle.leave-delay=1s -Dgovernance.discovery.lifecycle.late-window=500ms");

	private final Http http = new Http();

	private final String registry;

	private Demo demo;

	private String orders;

	private final boolean available;

	DemoJourney(String registry, boolean available) {
		this.registry = registry;
		this.available = available;
	}

	@BeforeAll
	void up() {
		if (!this.available) {
			return;
		}
		this.demo = LONG ? new Demo(this.registry) : new Demo(this.registry, SHORT_WAITS, "--registry", this.registry);
		this.orders = this.demo.url("gateway") + "/api/orders";
	}

	@AfterAll
	void down() {
		if (this.demo != null) {
			this.demo.close();
		}
	}

	@Test
	void anOrderPassesAllServices() {
		HttpResponse<String> answer = this.http.post(this.orders, Load.ORDER);
		assertThat(answer.statusCode()).isEqualTo(201);
		JsonNode order = Http.body(answer);
		assertThat(order.get("orderId").asString()).isNotEmpty();
		assertThat(order.get("stock").asInt()).isPositive();
		assertThat(order.get("payment").asString()).isEqualTo("accepted");
		assertThat(order.get("servedBy").toString()).contains("storefront", "orders", "inventory-", "payments");
		assertThat(answer.headers().firstValue("X-Trace-Id"))
			.hasValueSatisfying((trace) -> assertThat(trace).matches("[0-9a-f]{32}"));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			{"sku":"unknown","quantity":1}
			{"sku":"book","quantity":0}
			{"sku":"book","quantity":-1}
			{"sku":"book"}
			not json
			""")
	void aBadOrderIsAProblem(String body) {
		HttpResponse<String> answer = this.http.post(this.orders, body);
		assertThat(answer.statusCode()).isBetween(400, 499);
		assertThat(answer.headers().firstValue("content-type"))
			.hasValueSatisfying((type) -> assertThat(type).startsWith("application/problem+json"));
		assertThat(Http.body(answer).get("status").asInt()).isEqualTo(answer.statusCode());
	}

	@Test
	void aKilledInstanceFailsNoCall() {
		int calls = LONG ? 1500 : 300;
		String inventory = this.demo.url("inventory-2");
		String dead = this.demo.url("inventory-1").replace("http://", "");
		String meters = this.demo.url("orders") + "/actuator/prometheus";
		long before = reserved(inventory);
		try (Load load = Load.start(this.http, this.orders, calls, 50, AT_ONCE)) {
			await().atMost(Duration.ofMinutes(1)).until(() -> load.sent() >= 100);
			this.demo.run("kill", "inventory-1");
			await().pollDelay(LIVE).until(() -> true);
			double attempts = attempts(meters, dead);
			assertThat(load.answers()).hasSize(calls).allMatch("201"::equals);
			assertThat(attempts(meters, dead)).isEqualTo(attempts).isPositive();
		}
		assertThat(reserved(inventory) - before).isEqualTo(calls);
		this.demo.run("start", "inventory-1");
		awaitAllServing();
	}

	@Test
	void aRollingRestartFailsNoCall() {
		int perSecond = LONG ? 100 : 50;
		int calls = perSecond * (LONG ? 180 : 50);
		List<String> instances = LONG ? List.of("orders", "orders-2", "inventory-1", "inventory-2")
				: List.of("orders", "inventory-1");
		this.demo.run("scale", "orders", "2");
		awaitServing("orders-1", "orders-2", "inventory-1", "inventory-2");
		int restarts = 0;
		try (Load load = Load.start(this.http, this.orders, calls, perSecond, AT_ONCE)) {
			// the second instance has just started: alone it would be slow, which is not
			// what is tested
			await().atMost(Duration.ofMinutes(2))
				.until(() -> load.sent() >= 12 * perSecond && load.underWay() < perSecond / 4);
			while (restarts < instances.size() || (LONG && load.sent() < calls - 20 * perSecond)) {
				restart(instances.get(restarts % instances.size()));
				restarts++;
			}
			assertThat(load.answers()).hasSize(calls).allMatch("201"::equals);
		}
		assertThat(restarts).isGreaterThanOrEqualTo(instances.size());
		this.demo.run("scale", "orders", "1");
		awaitAllServing();
	}

	@Test
	void anInstanceOutOfServiceIsNotCalledUntilItIsBack() {
		String instance = this.demo.url("inventory-1") + "/actuator/governanceinstance";
		assertThat(this.http.post(instance, "{\"state\":\"out-of-service\"}").body()).contains("LEAVING");
		await().until(() -> this.http.json(instance).get("state").asString().equals("OUT_OF_SERVICE"));
		assertThat(Stream.generate(() -> this.http.post(this.orders, Load.ORDER)).limit(20))
			.allSatisfy((answer) -> assertThat(answer.body()).contains("inventory-2").doesNotContain("inventory-1"));
		assertThat(this.http.post(instance, "{\"state\":\"in-service\"}").body()).contains("IN_SERVICE");
		awaitAllServing();
	}

	/**
	 * Every instance in turn, each only after the one before is called again.
	 */
	private void restart(String name) {
		this.demo.run("restart", name);
		awaitServing(name.equals("orders") ? "orders-1" : name);
		assertThat(this.demo.log(name)).containsSubsequence("instance=leaving", "instance=refusing",
				"Graceful shutdown complete", "instance=in-service");
	}

	private void awaitServing(String... names) {
		Set<String> served = new TreeSet<>();
		await().atMost(Duration.ofSeconds(60)).until(() -> {
			HttpResponse<String> answer = this.http.post(this.orders, Load.ORDER);
			if (answer.statusCode() == 201) {
				Http.body(answer).get("servedBy").forEach((instance) -> served.add(instance.asString()));
			}
			return served.containsAll(List.of(names));
		});
	}

	private double attempts(String meters, String address) {
		return this.http.meter(meters, "governance_attempts_total", "target=\"" + address + "\"");
	}

	private long reserved(String inventory) {
		return this.http.json(inventory + "/stock/book").get("reserved").asLong();
	}

	@Test
	void aLimitComesAndGoesLiveAndABreakerStaysOpen() {
		// served to all, so that the rules are swapped where the breaker is, too
		String written = this.demo.readConfig(Demo.RULES);
		openPaymentsBreaker();
		String before = this.demo.revision(this.http, "orders");
		this.demo.writeConfig(Demo.RULES, written + """
				    rate-limit:
				      e2e: {match: {service: storefront, path: /orders}, limit: 1, per: 1m}
				      other: {match: {service: orders, path: /other}, limit: 1}
				""");
		HttpResponse<String> limited = await().atMost(LIVE)
			.until(() -> this.http.post(this.orders, Load.ORDER), (answer) -> answer.statusCode() == 429);
		assertThat(limited.headers().firstValueAsLong("Retry-After").orElse(0)).isBetween(1L, 60L);
		assertThat(Http.body(limited).get("rule").asString()).isEqualTo("rate-limit/e2e");
		assertThat(Http.body(limited).get("reason").asString()).isEqualTo("rate-limited");
		await().atMost(LIVE).until(() -> !this.demo.revision(this.http, "orders").equals(before));
		assertThat(breakers()).contains("payments=OPEN");
		this.demo.writeConfig(Demo.RULES, written);
		await().atMost(LIVE)
			.until(() -> this.http.post(this.orders, Load.ORDER), (answer) -> answer.statusCode() != 429);
		assertThat(breakers()).contains("payments=OPEN");
		this.demo.run("start", "payments");
		// until then it lets probes pass only
		await().atMost(Duration.ofSeconds(30)).until(() -> {
			this.http.post(this.orders, Load.ORDER);
			return breakers().contains("payments=CLOSED");
		});
	}

	private void openPaymentsBreaker() {
		this.demo.run("kill", "payments");
		await().atMost(Duration.ofSeconds(30)).until(() -> {
			this.http.post(this.orders, Load.ORDER);
			return breakers().contains("payments=OPEN");
		});
	}

	private String breakers() {
		for (JsonNode rule : this.http.json(this.demo.url("orders") + "/actuator/governance").get("rules")) {
			if (rule.get("type").asString().equals("circuit-breaker")) {
				return rule.get("state").asString();
			}
		}
		return "";
	}

	@Test
	void aLimitOfTheGatewayActsAtTheGateway() {
		String written = this.demo.readConfig("gateway.yml");
		this.demo.writeConfig("gateway.yml", """
				governance:
				  rules:
				    rate-limit:
				      edge: {match: {path: "/api/**"}, limit: 1, per: 1m}
				""");
		HttpResponse<String> limited = await().atMost(LIVE)
			.until(() -> this.http.post(this.orders, Load.ORDER), (answer) -> answer.statusCode() == 429);
		assertThat(Http.body(limited).get("rule").asString()).isEqualTo("rate-limit/edge");
		this.demo.writeConfig("gateway.yml", written);
		await().atMost(LIVE)
			.until(() -> this.http.post(this.orders, Load.ORDER), (answer) -> answer.statusCode() == 201);
	}

	@Test
	void aSharedRuleActsOncePerHopAndOnItsOwnSide() {
		String written = this.demo.readConfig(Demo.RULES);
		this.demo.writeConfig(Demo.RULES, """
				governance:
				  rules:
				    rate-limit:
				      arriving: {match: {path: /orders}, limit: 1000}
				      leaving: {match: {path: /orders, direction: outbound}, limit: 1000}
				      to-orders: {match: {service: orders}, limit: 1000}
				""");
		await().atMost(LIVE)
			.until(() -> decisions("orders", "to-orders") == 0 && decisions("payments", "leaving") == 0);
		assertThat(this.http.post(this.orders, Load.ORDER).statusCode()).isEqualTo(201);
		assertThat(List.of(decisions("storefront", "arriving"), decisions("orders", "arriving"))).containsExactly(1.0,
				1.0);
		assertThat(List.of(decisions("gateway", "leaving"), decisions("storefront", "leaving"))).containsExactly(1.0,
				1.0);
		assertThat(List.of(decisions("gateway", "arriving"), decisions("payments", "arriving"),
				decisions("orders", "leaving")))
			.containsOnly(0.0);
		assertThat(decisions("orders", "to-orders")).isEqualTo(1);
		assertThat(decisions("storefront", "to-orders")).isEqualTo(-1);
		this.demo.writeConfig(Demo.RULES, written);
		await().atMost(LIVE).until(() -> decisions("orders", "to-orders") == -1);
	}

	/**
	 * What a process decided by a rule so far; -1 where the rule is not in force.
	 */
	private double decisions(String process, String rule) {
		String meters = this.demo.url(process) + "/actuator/prometheus";
		String tag = "rule_id=\"" + rule + "\"";
		return this.http.get(meters).body().contains(tag) ? this.http.meter(meters, "governance_decisions_total", tag)
				: -1;
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			rate-limits: {e2e: {limit: 1}}          | governance.rules.rate-limits.e2e
			rate-limit: {e2e: {limit: 1, brust: 2}} | governance.rules.rate-limit.e2e.brust
			rate-limit: {e2e: {limit: 1, per: 3x}}  | governance.rules.rate-limit.e2e.per
			rate-limit: {e2e: {limit: -1}}          | governance.rules.rate-limit.e2e.limit
			""")
	void aFaultyRuleIsRefusedWhole(String rule, String property) {
		String file = "storefront.yml";
		String written = this.demo.readConfig(file);
		String storefront = this.demo.url("storefront");
		this.demo.writeConfig(file,
				"governance:\n  rules:\n    timeout: {fine: {total: 4s}}\n    " + rule.trim() + "\n");
		JsonNode refused = await().atMost(LIVE)
			.until(() -> this.http.json(storefront + "/actuator/governance"),
					(found) -> !found.get("refused").isEmpty());
		assertThat(refused.get("refused").toString()).contains(property).contains("storefront.yml:4");
		assertThat(refused.get("rules").toString()).doesNotContain("\"fine\"");
		assertThat(this.http.get(storefront + "/actuator/health").body()).contains(property, "storefront.yml:4");
		assertThat(this.http.get(storefront + "/actuator/health").statusCode()).isEqualTo(200);
		assertThat(this.demo.log("storefront")).contains(property, "storefront.yml:4");
		assertThat(this.http.post(this.orders, Load.ORDER).statusCode()).isEqualTo(201);
		this.demo.writeConfig(file, written);
		await().atMost(LIVE).until(() -> this.http.json(storefront + "/actuator/governance").get("refused").isEmpty());
	}

	@Test
	void aRegistryThatComesBackEmptyIsFilledAgain() {
		int away = LONG ? 50 : 12;
		int calls = (away + 10) * 20;
		try (Load load = Load.start(this.http, this.orders, calls, 20)) {
			this.demo.run("kill", "registry");
			await().pollDelay(Duration.ofSeconds(away)).atMost(Duration.ofSeconds(away + 5)).until(() -> true);
			assertThat(unhealthy()).isEmpty();
			this.demo.run("start", "registry");
			await().atMost(Duration.ofSeconds(10))
				.untilAsserted(() -> assertThat(registered()).contains("gateway-1", "storefront-1", "orders-1",
						"inventory-1", "inventory-2", "payments-1"));
			assertThat(load.answers()).hasSize(calls).allMatch("201"::equals);
		}
	}

	private List<String> unhealthy() {
		return Stream.of("gateway", "config-server", "storefront", "orders", "inventory-1", "inventory-2", "payments")
			.flatMap((process) -> Stream.of("", "/liveness", "/readiness")
				.map((group) -> this.demo.url(process) + "/actuator/health" + group))
			.filter((health) -> this.http.get(health).statusCode() != 200)
			.toList();
	}

	private Set<String> registered() {
		Set<String> ids = new TreeSet<>();
		this.http.json(this.demo.url("registry") + "/v1/agent/services").propertyNames().forEach(ids::add);
		return ids;
	}

	@Test
	void theToursCommandsWork() {
		String printed = this.demo.runDocument(Tour.commands());
		assertThat(printed).contains("\"orderId\"", "HTTP/1.1 429", "Retry-After", "gateway.yml:4",
				"\"type\":\"rate-limit\",\"id\":\"orders\"");
		awaitAllServing();
	}

	private void awaitAllServing() {
		awaitServing("inventory-1", "inventory-2", "payments-1");
	}

}
