// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing;

import java.io.IOException;
import java.util.List;

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
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What clients are given does not decide how many series there are.
 */
class MetricsIntegrationTests {

	@ParameterizedTest
	@EnumSource(value = WebApplicationType.class, names = { "SERVLET", "REACTIVE" })
	void seriesStayBoundedWhenClientsWriteReadyMadeUris(WebApplicationType type) {
		try (TracedApplication application = start(type)) {
			RestClient blocking = application.context().getBean(RestClient.Builder.class).build();
			WebClient reactive = application.context().getBean(WebClient.Builder.class).build();
			for (int i = 0; i < 500; i++) {
				blocking.get().uri(application.url() + "/users/a" + i).retrieve().toBodilessEntity();
				reactive.get().uri(application.url() + "/users/b" + i).retrieve().toBodilessEntity().block();
			}
			List<String> calls = scrape(application).lines()
				.filter((line) -> line.startsWith("http_client_requests_seconds_count"))
				.toList();
			assertThat(calls).hasSize(100).anyMatch((line) -> line.contains("uri=\"_other\""));
			assertThat(calls.stream().mapToDouble(MetricsIntegrationTests::value).sum()).isEqualTo(1000);
			assertThat(scrape(application).lines()
				.filter((line) -> line.startsWith("governance_metrics_overflow_total{meter=\"http.client.requests\"")))
				.hasSize(1)
				.allMatch((line) -> value(line) > 800);
		}
	}

	private static TracedApplication start(WebApplicationType type) {
		return TracedApplication.start(type, Application.class, "--spring.application.name=bounded",
				"--management.tracing.sampling.probability=1", "--logging.level.root=warn");
	}

	private static String scrape(TracedApplication application) {
		try {
			return application.get("/actuator/prometheus").body();
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	private static double value(String line) {
		return Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1));
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
