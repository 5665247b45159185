// SPDX-License-Identifier: Apache-2.0

package io.governance.demo.e2e;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import tools.jackson.databind.JsonNode;

import static org.awaitility.Awaitility.await;

/**
 * All processes of a demo that rules act in.
 */
final class Fleet {

	private static final Duration SOON = Duration.ofSeconds(15);

	private static final List<String> PROCESSES = List.of("gateway", "storefront", "orders", "inventory-1",
			"inventory-2", "payments");

	private final Demo demo;

	private final Http http;

	Fleet(Demo demo, Http http) {
		this.demo = demo;
		this.http = http;
	}

	void apply(RuleFile rules) {
		apply(rules.text());
	}

	/**
	 * Writes the rules that all programs are served, and waits until each has them.
	 */
	void apply(String text) {
		if (text.equals(this.demo.readConfig(Demo.RULES))) {
			return;
		}
		Map<String, String> before = revisions();
		this.demo.writeConfig(Demo.RULES, text);
		await().atMost(SOON)
			.pollInterval(Duration.ofMillis(100))
			.until(() -> revisions().entrySet().stream().noneMatch(before.entrySet()::contains));
	}

	private Map<String, String> revisions() {
		Map<String, String> revisions = new TreeMap<>();
		PROCESSES.forEach((process) -> revisions.put(process, this.demo.revision(this.http, process)));
		return revisions;
	}

	/**
	 * Waits until every process gives the same answer to a call that the rule
	 * {@code probes} is for, and says that the rule may do that.
	 */
	void awaitProbes(String answer, Duration most) {
		await().atMost(most)
			.pollDelay(Duration.ZERO)
			.pollInterval(Duration.ofMillis(50))
			.until(this::probes, (probes) -> probes.values().stream().allMatch(answer::equals));
	}

	private Map<String, String> probes() {
		Map<String, String> probes = new TreeMap<>();
		for (String process : PROCESSES) {
			int status = this.http.get(this.demo.url(process) + "/probe").statusCode();
			probes.put(process, status + " " + enforcement(process));
		}
		return probes;
	}

	private String enforcement(String process) {
		for (JsonNode rule : this.http.json(this.demo.url(process) + "/actuator/governance").get("rules")) {
			if (rule.get("id").asString().equals("probes")) {
				return rule.get("enforcement").asString();
			}
		}
		return "no rule";
	}

}
