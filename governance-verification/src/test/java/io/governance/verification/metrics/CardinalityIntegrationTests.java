// SPDX-License-Identifier: Apache-2.0

package io.governance.verification.metrics;

import java.util.ArrayList;
import java.util.List;

import ch.qos.logback.classic.Logger;
import io.governance.test.load.CardinalityCheck;
import io.governance.test.load.DistinctRequests;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What callers send decides neither how many series a service with all starters has, nor
 * how much heap: with Istio's metrics, access log, baggage, and rules that look at
 * headers.
 */
class CardinalityIntegrationTests {

	private final Logger access = (Logger) LoggerFactory.getLogger("io.governance.access");

	/**
	 * The lines are made all the same, but no console gets all of them. A start makes the
	 * loggers anew.
	 */
	private void writeNoLines() {
		this.access.setAdditive(false);
	}

	@AfterEach
	void writeLinesAgain() {
		this.access.setAdditive(true);
		this.access.setLevel(null);
	}

	@Test
	void seriesAndHeapStayWhateverCallersSend() {
		try (ConfigurableApplicationContext application = start()) {
			writeNoLines();
			int port = application.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
			isBounded(new CardinalityCheck(port, new DistinctRequests("/users/", "/nothing/")).run());
		}
	}

	private static void isBounded(List<String> scraped) {
		assertThat(scraped).filteredOn((line) -> line.startsWith("http_server_requests_seconds_count"))
			.hasSizeLessThan(20)
			.anyMatch((line) -> line.contains("method=\"UNKNOWN\""))
			.anyMatch((line) -> line.contains("uri=\"/users/{id}\""));
		assertThat(scraped)
			.filteredOn((line) -> line.startsWith("istio_requests_total") && line.contains("source_workload=\"caller-"))
			.hasSizeBetween(90, 300);
		assertThat(scraped)
			.anyMatch((line) -> line.startsWith("istio_requests_total") && line.contains("source_workload=\"_other\""))
			.anyMatch((line) -> line.startsWith("governance_metrics_overflow_total{meter=\"istio\"")
					&& !line.endsWith(" 0.0"))
			// the rules were asked
			.anyMatch((line) -> isDecision(line, "rate-limit", "overflow"))
			.anyMatch((line) -> isDecision(line, "sampling", "not-sampled"))
			.anyMatch((line) -> line.startsWith("governance_access_log") && !line.endsWith(" 0.0"));
	}

	private static boolean isDecision(String line, String type, String decision) {
		return line.startsWith("governance_decisions_total") && line.contains("rule_type=\"" + type + "\"")
				&& line.contains("decision=\"" + decision + "\"");
	}

	private static ConfigurableApplicationContext start() {
		List<String> arguments = new ArrayList<>(List.of("spring.config.name=none", "spring.application.name=bounded",
				"server.port=0", "server.address=127.0.0.1", "governance.tracing.metrics.istio.enabled=true",
				"governance.tracing.access-log.enabled=true", "governance.tracing.baggage=lane,user-group",
				"governance.tracing.mdc=lane", "governance.rules.sampling.users.match.headers.x-user.prefix=user-1",
				"governance.rules.sampling.users.parent=ignore", "governance.rules.sampling.users.ratio=0.1",
				"governance.rules.rate-limit.users.key=header:x-user",
				"governance.rules.rate-limit.users.limit=1000000", "governance.rules.rate-limit.users.max-keys=1000",
				"logging.level.root=warn", "logging.level.io.governance.access=info"));
		return new SpringApplicationBuilder(Application.class).web(WebApplicationType.SERVLET)
			.run(arguments.stream().map((argument) -> "--" + argument).toArray(String[]::new));
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
