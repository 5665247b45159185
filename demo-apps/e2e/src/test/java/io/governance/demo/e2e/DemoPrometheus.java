// SPDX-License-Identifier: Apache-2.0

package io.governance.demo.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The Prometheus that {@code scripts/demo up --with prometheus} starts, with the shipped
 * configuration and rules.
 */
final class DemoPrometheus {

	private static final Path FILES = Path.of(System.getProperty("project.root"), "deploy/observability");

	private final Http http;

	private final String url;

	DemoPrometheus(Http http, String url) {
		this.http = http;
		this.url = url;
	}

	/** Services by the ids of their instances that are scraped. */
	Map<String, String> scraped() {
		Map<String, String> services = new TreeMap<>();
		for (JsonNode target : api("targets?state=active").get("activeTargets")) {
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
		for (JsonNode alert : api("alerts").get("alerts")) {
			if (alert.get("state").asString().equals("firing")) {
				firing.add(alert.get("labels").get("alertname").asString() + " "
						+ alert.get("labels").path("service").asString(""));
			}
		}
		return firing;
	}

	boolean hasData(String query) {
		return !api("query?query=" + URLEncoder.encode(query, StandardCharsets.UTF_8)).get("result").isEmpty();
	}

	private JsonNode api(String path) {
		HttpResponse<String> answer = this.http.get(this.url + "/api/v1/" + path);
		if (answer.statusCode() != 200) {
			throw new IllegalStateException(path + ": " + answer.statusCode() + " " + answer.body());
		}
		return Http.body(answer).get("data");
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

}
