// SPDX-License-Identifier: Apache-2.0

package io.governance.configserver;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;

import io.governance.embeddedconsul.EmbeddedConsul;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What Prometheus' HTTP service discovery is answered.
 */
class ScrapeTargetsIntegrationTests {

	private final HttpClient http = HttpClient.newHttpClient();

	@TempDir
	Path directory;

	@Test
	void registeredInstancesWithMetricsAreTargetsHealthyOrNotAndStayWhenTheRegistryGoesAway() throws Exception {
		try (EmbeddedConsul consul = EmbeddedConsul.startOnFreePort();
				RunningServer server = RunningServer.on(0, this.directory,
						"--governance.discovery.consul.host=127.0.0.1",
						"--governance.discovery.consul.port=" + consul.port(),
						"--governance.discovery.lifecycle.leave-delay=0s",
						"--governance.config-server.targets.refresh-interval=100ms")) {
			register(consul.port(), "passing", "postgres", "");
			register(consul.port(), "passing", "orders-1", ", \"metrics-path\": \"/metrics\"");
			register(consul.port(), "critical", "orders-2", ", \"metrics-path\": \"/actuator/prometheus\"");
			RunningClient.within(Duration.ofSeconds(10))
				.untilAsserted(() -> assertThat(targets(server).body())
					.contains("\"orders-1\"", "\"orders-2\"", "\"targets\":[\"10.0.0.1:8081\"]",
							"\"__metrics_path__\":\"/metrics\"", "\"service\":\"config-server\"", "\"version\":\"3\"",
							"\"__metrics_path__\":\"/actuator/prometheus\"")
					.doesNotContain("postgres"));
			assertThat(targets(server).headers().firstValue("content-type")).hasValue("application/json");
			consul.stop();
			Awaitility.await()
				.untilAsserted(() -> assertThat(get(server, "/actuator/prometheus").body())
					.containsPattern("governance_config_server_targets_age_seconds [0-9.]*[1-9]"));
			assertThat(targets(server).body()).contains("\"orders-1\"", "\"orders-2\"");
			assertThat(get(server, "/actuator/health").statusCode()).isEqualTo(200);
		}
	}

	@Test
	void withoutARegistryThereAreNoTargets() throws Exception {
		try (RunningServer server = RunningServer.on(0, this.directory)) {
			RunningClient.within(Duration.ofSeconds(10)).until(() -> targets(server).statusCode() == 200);
			assertThat(targets(server).body()).isEqualTo("[]");
		}
	}

	private HttpResponse<String> targets(RunningServer server) throws Exception {
		return get(server, "/governance/prometheus/targets");
	}

	private HttpResponse<String> get(RunningServer server, String path) throws Exception {
		return this.http.send(HttpRequest.newBuilder(URI.create(server.address() + path)).build(),
				BodyHandlers.ofString());
	}

	private void register(int port, String status, String id, String metadata) throws Exception {
		String body = """
				{"ID": "%s", "Name": "orders", "Address": "10.0.0.1", "Port": 8081, "Meta": {"version": "3"%s},
				"Check": {"TTL": "1h", "Status": "%s"}}""".formatted(id, metadata, status);
		this.http.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/v1/agent/service/register"))
			.PUT(BodyPublishers.ofString(body))
			.build(), BodyHandlers.discarding());
	}

}
