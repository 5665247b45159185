// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing;

import io.governance.test.Requirement;
import io.governance.test.prometheus.PrometheusCommands;
import io.governance.test.prometheus.Promtool;
import io.governance.test.prometheus.RealPrometheus;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.client.RestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A real Prometheus takes the metrics, with their buckets and exemplars.
 */
class ScrapedMetricsIntegrationTests {

	@RegisterExtension
	static final Requirement prometheus = PrometheusCommands.requirement();

	@ParameterizedTest
	@EnumSource(value = WebApplicationType.class, names = { "SERVLET", "REACTIVE" })
	void aRealPrometheusTakesThemAndHasNoComplaint(WebApplicationType type) throws Exception {
		try (TracedApplication application = TracedApplication.start(type, Application.class,
				"--spring.application.name=scraped", "--management.tracing.sampling.probability=1",
				"--logging.level.root=warn")) {
			for (int i = 0; i < 100; i++) {
				application.get(((i % 2 == 0) ? "/users/" : "/nothing/") + i);
			}
			call(application);
			assertThat(Promtool.checkMetrics(application.get("/actuator/prometheus").body())).isEmpty();
			String target = "app=" + application.url().replace("http://", "");
			try (RealPrometheus server = RealPrometheus.start(RealPrometheus.scraping(target))) {
				server.await("up{job=\"app\"} == 1", (samples) -> samples.size() == 1);
				assertThat(server.query("http_client_requests_seconds_bucket{le=\"0.1\"}")).isNotEmpty();
				assertThat(server.exemplars("http_server_requests_seconds_bucket").toString())
					.containsPattern("\"trace_id\":\"[0-9a-f]{32}\"");
				assertThat(server.exemplars("http_client_requests_seconds_bucket").toString())
					.containsPattern("\"trace_id\":\"[0-9a-f]{32}\"");
			}
		}
	}

	private static void call(TracedApplication application) {
		application.context()
			.getBean(RestClient.Builder.class)
			.build()
			.get()
			.uri(application.url() + "/users/{id}", 1)
			.retrieve()
			.toBodilessEntity();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		@Bean
		Users users() {
			return new Users();
		}

	}

	@RestController
	static class Users {

		@RequestMapping("/users/{id}")
		String user(@PathVariable String id) {
			return id;
		}

	}

}
