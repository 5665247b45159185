// SPDX-License-Identifier: Apache-2.0

package io.governance.demo.e2e;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.governance.time.TimeSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * Rules at work in all hops of the demo at once: gateway, storefront, orders, inventory
 * and payments. The demo is started once; each test leaves it as it found it.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ResilienceDemoIntegrationTests {

	private static final boolean LONG = "long".equals(System.getProperty("e2e.scale"));

	private static final Duration LIVE = Duration.ofSeconds(2);

	private static final Duration SOON = Duration.ofSeconds(15);

	private static final Duration WARM = Duration.ofSeconds(60);

	private static final List<String> INVENTORIES = List.of("inventory-1", "inventory-2");

	private final Http http = new Http();

	private Demo demo;

	private Fleet fleet;

	private String orders;

	private String written;

	/** Another one makes a budget of its own, which knows of no calls yet. */
	private int perSecond = 1;

	@BeforeAll
	void up() {
		this.demo = new Demo("resilience", Map.of(), "--registry", "embedded");
		this.fleet = new Fleet(this.demo, this.http);
		this.orders = this.demo.url("gateway") + "/api/orders";
		this.written = this.demo.readConfig(Demo.RULES);
		// new processes are slow at first
		try (Load load = Load.start(this.http, this.orders, 400, 40, 8)) {
			await().atMost(WARM).until(() -> load.sent() == 400);
		}
	}

	@AfterAll
	void down() {
		this.demo.close();
	}

	static List<Arguments> outages() {
		return Stream
			.concat(Stream.of(arguments("everywhere", "unavailable"), arguments("everywhere", "slow"),
					arguments("everywhere", "dead"), arguments("default", "refusing")),
					LONG ? Stream.of(arguments("everywhere", "refusing"), arguments("default", "dead")) : Stream.of())
			.toList();
	}

	/**
	 * All that is tried again where the failure is seen first, and by nobody before it.
	 * To begin with, since budgets know the calls of the last ten seconds.
	 */
	@Order(1)
	@ParameterizedTest
	@MethodSource("outages")
	void extraCallsOfAnOutageAreNotMultiplied(String rules, String failure) {
		int seconds = LONG ? 30 : 6;
		int calls = (LONG ? 40 : 20) * seconds;
		boolean everywhere = rules.equals("everywhere");
		this.fleet.apply(everywhere ? retriesEverywhere() : new RuleFile());
		// in any ten seconds, of which the outage may touch one more
		double reserve = (everywhere ? this.perSecond : 3) * (seconds + 10.0);
		fail(failure);
		Sent before = sent();
		try (Load load = Load.start(this.http, this.orders, calls, calls / seconds)) {
			assertThat(load.answers()).hasSize(calls).noneMatch("201"::equals);
		}
		Sent sent = sent().since(before);
		double most = 1.2 * calls + reserve;
		assertThat(List.of(sent.storefront(), sent.orders(), sent.inventory())).as("calls sent by each hop")
			.allMatch((count) -> count <= most, "at most " + most);
		if (everywhere && !failure.equals("dead")) {
			assertThat(List.of(sent.storefront(), sent.orders())).as("calls that are retried behind the callee")
				.allMatch((count) -> count < 1.05 * calls);
			assertThat(sent.inventory()).as("retries by the hop next to the failure").isGreaterThan(calls);
		}
		assertThatAllIsWellAgainAfter(failure);
	}

	private RuleFile retriesEverywhere() {
		this.perSecond = 3 - this.perSecond;
		return new RuleFile()
			.put("retry", "everywhere",
					"attempts: 3, non-idempotent: true, retry-on: [connect, reset, timeout, not-processed, 5xx], "
							+ "budget: {ratio: 0.2, min-per-second: " + this.perSecond + "}")
			.put("timeout", "inventory", "match: {service: inventory}, per-try: 300ms, total: 2s");
	}

	private void fail(String failure) {
		if (failure.equals("dead")) {
			INVENTORIES.forEach((name) -> this.demo.run("kill", name));
		}
		else {
			// of requests that hang for long so many would pile up that none is left to
			// heal it
			fault(failure, failure.equals("slow") ? "2000" : "");
		}
	}

	private void fault(String fault, String millis) {
		for (String name : INVENTORIES) {
			this.demo
				.run(Stream.of("fault", name, fault, millis).filter((word) -> !word.isEmpty()).toArray(String[]::new));
		}
	}

	private void assertThatAllIsWellAgainAfter(String failure) {
		if (failure.equals("dead")) {
			INVENTORIES.forEach((name) -> this.demo.run("start", name));
		}
		else {
			fault("off", "");
		}
		await().atMost(SOON)
			.until(() -> Stream.generate(() -> this.http.post(this.orders, Load.ORDER).statusCode())
				.limit(10)
				.allMatch((status) -> status == 201));
		Sent before = sent();
		try (Load load = Load.start(this.http, this.orders, 40, 20)) {
			assertThat(load.answers()).hasSize(40).allMatch("201"::equals);
		}
		assertThat(sent().since(before)).isEqualTo(new Sent(40, 40, 40, 40));
	}

	/**
	 * The gateway gives 500 ms, storefront takes 400 of them, and the handler in orders
	 * goes on after its first call was given up for it.
	 */
	@Test
	void theThirdHopHasWhatTheSecondLeavesAndCallsNobodyAfter() {
		String held = "query: {held: {present: true}}";
		this.fleet.apply(new RuleFile()
			.put("timeout", "gateway", "match: {service: storefront, %s}, total: 500ms".formatted(held))
			.put("fault", "held",
					"match: {direction: inbound, service: storefront, %s}, delay: 400ms, max-share: 100"
						.formatted(held))
			.put("fallback", "reserved",
					"match: {service: inventory}, fallback-on: [timeout, deadline-exceeded], "
							+ "answer: {body: '{\"stock\": 1, \"servedBy\": \"nobody\"}'}")
			.put("rate-limit", "all", "match: {service: orders, path: /orders}, limit: 100000")
			.put("rate-limit", "short",
					"match: {service: orders, path: /orders, headers: {x-governance-timeout-ms: {regex: \"[0-9]{1,2}|100\"}}}, "
							+ "limit: 100000"));
		fault("slow", "2000");
		Sent before = sent();
		double late = lateCalls();
		List<Duration> times = new ArrayList<>();
		for (int i = 0; i < (LONG ? 50 : 10); i++) {
			long begun = TimeSource.system().nanoTime();
			HttpResponse<String> answer = this.http.post(this.orders + "?held=1", Load.ORDER);
			times.add(Duration.ofNanos(TimeSource.system().nanoTime() - begun));
			assertThat(answer.statusCode()).isEqualTo(504);
			assertThat(answer.headers().firstValue("content-type")).hasValue("application/problem+json");
			assertThat(Http.body(answer).get("reason").asString()).isEqualTo("deadline-exceeded");
		}
		assertThat(Collections.min(times)).isBetween(Duration.ofMillis(490), Duration.ofMillis(600));
		double arrived = decisions("orders", "all");
		assertThat(arrived).as("calls that reached the third hop").isPositive();
		assertThat(decisions("orders", "short")).as("with 100 ms at most").isEqualTo(arrived);
		await().atMost(SOON).untilAsserted(() -> assertThat(lateCalls() - late).isGreaterThanOrEqualTo(2 * arrived));
		assertThat(sent().since(before).payments()).as("further calls of the third hop").isZero();
	}

	@Test
	void rulesComeChangeAndGoUnderLoadWithoutAFailedCall() {
		LiveChange change = new LiveChange(this.demo, this.http);
		try (Load load = load(LONG ? 240 : 60)) {
			this.fleet.apply(LiveChange.neighbours());
			change.useNeighbours();
			for (int step = 0; step < (LONG ? 60 : 10); step++) {
				this.fleet.apply(LiveChange.step(step, LONG));
				change.assertThatNeighboursAreUntouched();
			}
			change.useNeighboursUp();
			assertThat(load.stop()).isNotEmpty().allMatch("201"::equals);
		}
	}

	@ParameterizedTest
	@CsvSource({ "all, OFF", "all, SHADOW", "rate-limit, OFF", "rate-limit, SHADOW" })
	void theKillSwitchActsOnEveryProcessWithinTwoSeconds(String of, String enforcement) {
		RuleFile strict = probed();
		try (Load load = load(60)) {
			this.fleet.apply(strict);
			this.fleet.awaitProbes("429 ENFORCED", SOON);
			this.demo.writeConfig(Demo.RULES, probed().enforcement(of, enforcement).text());
			this.fleet.awaitProbes("404 " + enforcement, LIVE);
			this.demo.writeConfig(Demo.RULES, strict.text());
			this.fleet.awaitProbes("429 ENFORCED", LIVE);
			assertThat(load.stop()).isNotEmpty().allMatch("201"::equals);
		}
	}

	private static RuleFile probed() {
		return new RuleFile().put("rate-limit", "probes", "match: {path: /probe}, limit: 1, per: 1h");
	}

	private Load load(int seconds) {
		int perSecond = LONG ? 100 : 40;
		return Load.start(this.http, this.orders, seconds * perSecond, perSecond, LONG ? Integer.MAX_VALUE : 16);
	}

	private Sent sent() {
		return Sent.read(this.demo, this.http);
	}

	private double decisions(String process, String rule) {
		return this.http.meter(this.demo.url(process) + "/actuator/prometheus", "governance_decisions_total",
				"rule_id=\"" + rule + "\"");
	}

	/** Calls of orders that were given up, or not begun, since their time was up. */
	private double lateCalls() {
		return this.http.meter(this.demo.url("orders") + "/actuator/prometheus", "governance_deadline_exceeded_total",
				"direction=\"outbound\"");
	}

	@AfterEach
	void restore() {
		this.fleet.apply(this.written);
		fault("off", "");
	}

}
