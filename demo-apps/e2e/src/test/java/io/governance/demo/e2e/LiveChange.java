// SPDX-License-Identifier: Apache-2.0

package io.governance.demo.e2e;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Rules of many types that come, change and go, each with a neighbour of the same type
 * that stays as it is and must not notice.
 */
final class LiveChange {

	/** What each rule is, and what it is changed into. None of them stops an order. */
	private static final Map<String, List<String>> SUBJECTS = new TreeMap<>(Map
		.ofEntries(
				Map.entry("retry",
						List.of("match: {service: inventory}, attempts: 3",
								"match: {service: inventory}, attempts: 2")),
				Map.entry("timeout",
						List.of("match: {service: inventory}, total: 10s", "match: {service: inventory}, total: 9s")),
				Map.entry("circuit-breaker",
						List.of("match: {service: inventory}, minimum-calls: 50",
								"match: {service: inventory}, window: 30s")),
				Map.entry("adaptive-breaker",
						List.of("match: {service: payments}, k: 2", "match: {service: payments}, k: 3")),
				Map.entry("rate-limit",
						List.of("match: {path: /orders}, limit: 10000",
								"match: {path: /orders}, limit: 20000, burst: 500")),
				Map.entry("bulkhead",
						List.of("match: {service: orders}, max-concurrent-calls: 500",
								"match: {service: orders}, max-concurrent-calls: 400")),
				Map.entry("concurrency-limit",
						List.of("match: {path: /orders}, min: 1000, initial: 1000, max: 1000",
								"match: {path: /orders}, min: 900, initial: 900, max: 900")),
				Map.entry("load-shedding",
						List.of("match: {path: /orders}, min-limit: 1000", "match: {path: /orders}, min-limit: 2000")),
				Map.entry("cache",
						List.of("match: {service: inventory, path: \"/stock/**\"}, ttl: 1s",
								"match: {service: inventory, path: \"/stock/**\"}, ttl: 2s")),
				Map.entry("fault",
						List.of("match: {service: payments}, delay: 5ms, delay-share: 20",
								"match: {service: payments}, delay: 2ms, delay-share: 40")),
				Map.entry("fallback", List.of("match: {service: payments}, answer: {status: 503}",
						"match: {service: payments}, answer: {status: 500}"))));

	/** What becomes of a rule from one release to the next. */
	private static final List<String> STATES = List.of("there", "changed", "OFF", "there", "SHADOW", "gone");

	private static final String BROKEN = "neighbour=broken";

	private static final String COUNTED = "neighbour=counted";

	private static final int LIMIT = 5;

	private final Demo demo;

	private final Http http;

	private final String orders;

	private Map<String, String> known = Map.of();

	LiveChange(Demo demo, Http http) {
		this.demo = demo;
		this.http = http;
		this.orders = demo.url("gateway") + "/api/orders?";
	}

	static RuleFile neighbours() {
		return new RuleFile()
			.put("circuit-breaker", "neighbour",
					"match: {service: storefront, query: {neighbour: broken}}, failure-on: [4xx], minimum-calls: 1, "
							+ "failure-rate: 1, open-for: 1h")
			.put("rate-limit", "neighbour",
					"match: {service: storefront, path: /orders, query: {neighbour: counted}}, limit: " + LIMIT
							+ ", per: 1h");
	}

	/**
	 * The rules of a step.
	 * @param single whether one rule changes at a time, and not all of them
	 */
	static RuleFile step(int step, boolean single) {
		RuleFile file = neighbours();
		int number = 0;
		for (Map.Entry<String, List<String>> subject : SUBJECTS.entrySet()) {
			int turn = single ? (step + SUBJECTS.size() - 1 - number) / SUBJECTS.size() : step + number;
			number++;
			String state = STATES.get(turn % STATES.size());
			String rule = subject.getValue().get(state.equals("changed") ? 1 : 0);
			switch (state) {
				case "there", "changed" -> file.put(subject.getKey(), "subject", rule);
				case "OFF", "SHADOW" ->
					file.put(subject.getKey(), "subject", rule + ", enforcement: \"" + state + "\"");
				default -> {
					// not in the file
				}
			}
		}
		return file;
	}

	/**
	 * Opens the breaker, and takes from the limit.
	 */
	void useNeighbours() {
		String unknown = "{\"sku\":\"unknown\",\"quantity\":1}";
		assertThat(this.http.post(this.orders + BROKEN, unknown).statusCode()).isBetween(400, 499);
		assertThat(this.http.post(this.orders + BROKEN, Load.ORDER).statusCode()).isEqualTo(503);
		for (int i = 1; i < LIMIT; i++) {
			assertThat(this.http.post(this.orders + COUNTED, Load.ORDER).statusCode()).isEqualTo(201);
		}
		this.known = neighboursState();
		assertThat(this.known.values().toString()).contains("OPEN");
	}

	/**
	 * The breaker is open, the limit has as much as before, and no count began anew.
	 */
	void assertThatNeighboursAreUntouched() {
		assertThat(neighboursState()).isEqualTo(this.known);
	}

	/**
	 * What is left of them after all the changes is what was left before.
	 */
	void useNeighboursUp() {
		HttpResponse<String> open = this.http.post(this.orders + BROKEN, Load.ORDER);
		assertThat(open.statusCode()).isEqualTo(503);
		assertThat(Http.body(open).get("rule").asString()).isEqualTo("circuit-breaker/neighbour");
		assertThat(this.http.post(this.orders + COUNTED, Load.ORDER).statusCode()).isEqualTo(201);
		HttpResponse<String> limited = this.http.post(this.orders + COUNTED, Load.ORDER);
		assertThat(limited.statusCode()).isEqualTo(429);
		assertThat(Http.body(limited).get("rule").asString()).isEqualTo("rate-limit/neighbour");
	}

	private Map<String, String> neighboursState() {
		Map<String, String> found = new TreeMap<>();
		for (String process : List.of("gateway", "storefront")) {
			String url = this.demo.url(process) + "/actuator/";
			for (JsonNode rule : this.http.json(url + "governance").get("rules")) {
				if (rule.get("id").asString().equals("neighbour")) {
					found.put(process + " " + rule.get("type").asString(), rule.get("state").asString());
				}
			}
			found.put(process + " decisions",
					"" + this.http.meter(url + "prometheus", "governance_decisions_total", "rule_id=\"neighbour\""));
		}
		return found;
	}

}
