// SPDX-License-Identifier: Apache-2.0

package io.governance.demo.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

import io.governance.test.prometheus.RealPrometheus;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A real Prometheus with the shipped rules beside the demo: it finds the demo's processes
 * by the config server, and looks at them each second.
 */
final class DemoPrometheus implements AutoCloseable {

	private static final Path FILES = Path.of(System.getProperty("project.root"), "deploy/observability");

	private final RealPrometheus server;

	DemoPrometheus(String configServer) {
		this.server = RealPrometheus.start(configuration(configServer));
	}

	/**
	 * The shipped configuration, with this config server, faster, and without
	 * Alertmanager.
	 */
	private static String configuration(String configServer) {
		String shipped = read(FILES.resolve("prometheus/prometheus.yml"));
		String changed = shipped.replace("http://127.0.0.1:8888", configServer)
			.replace("_interval: 15s", "_interval: 1s")
			.replace("- rules/*.yml", "- " + FILES.resolve("prometheus/rules") + "/*.yml");
		return changed.replaceFirst("(?s)alerting:.*?(?=scrape_configs:)", "");
	}

	/** Services by the ids of their instances that are scraped. */
	Map<String, String> scraped() {
		Map<String, String> services = new TreeMap<>();
		for (JsonNode target : this.server.targets()) {
			JsonNode labels = target.get("labels");
			if (target.get("health").asString().equals("up")) {
				services.put(labels.get("instance_id").asString(), labels.get("service").asString());
			}
		}
		return services;
	}

	/** Names of alerts that fire, each with the service. */
	Set<String> firing() {
		Set<String> firing = new TreeSet<>();
		for (JsonNode alert : this.server.api("/api/v1/alerts").get("alerts")) {
			if (alert.get("state").asString().equals("firing")) {
				firing.add(alert.get("labels").get("alertname").asString() + " "
						+ alert.get("labels").path("service").asString(""));
			}
		}
		return firing;
	}

	boolean hasData(String query) {
		return !this.server.query(query).isEmpty();
	}

	/** Each query of each shipped dashboard, as a panel asks it for all services. */
	static void eachQuery(BiConsumer<String, String> panelAndQuery) {
		try (Stream<Path> files = Files.list(FILES.resolve("grafana"))) {
			files.filter((file) -> file.toString().endsWith(".json")).sorted().forEach((file) -> {
				JsonNode dashboard = new JsonMapper().readTree(read(file));
				for (JsonNode panel : dashboard.get("panels")) {
					for (JsonNode target : panel.get("targets")) {
						panelAndQuery.accept(dashboard.get("title").asString() + " / " + panel.get("title").asString(),
								target.get("expr")
									.asString()
									.replace("$__rate_interval", "1m")
									.replace("$service", ".*")
									.replace("$instance", ".*"));
					}
				}
			});
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String read(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public void close() {
		this.server.close();
	}

}
