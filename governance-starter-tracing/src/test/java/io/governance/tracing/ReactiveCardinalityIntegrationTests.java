// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing;

import java.net.URI;
import java.util.List;

import ch.qos.logback.classic.Logger;
import io.governance.test.load.CardinalityCheck;
import io.governance.test.load.DistinctRequests;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What callers send decides neither how many series a service on WebFlux and Netty has,
 * nor how much heap: with Istio's metrics, access log, baggage, and a rule that looks at
 * headers.
 */
class ReactiveCardinalityIntegrationTests {

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
		try (TracedApplication application = start()) {
			writeNoLines();
			int port = URI.create(application.url()).getPort();
			isBounded(new CardinalityCheck(port, new DistinctRequests("/users/", "/nothing/")).run());
		}
	}

	private static void isBounded(List<String> scraped) {
		assertThat(scraped).filteredOn((line) -> line.startsWith("http_server_requests_seconds_count"))
			.hasSizeLessThan(20)
			.anyMatch((line) -> line.contains("method=\"UNKNOWN\""))
			.anyMatch((line) -> line.contains("uri=\"/users/{id}\""));
		assertThat(scraped).filteredOn((line) -> line.startsWith("istio_requests_total"))
			.isNotEmpty()
			.hasSizeLessThan(20);
		// the rule was asked
		assertThat(scraped)
			.anyMatch((line) -> line.startsWith("governance_decisions_total") && line.contains("rule_type=\"sampling\"")
					&& line.contains("decision=\"not-sampled\""))
			.anyMatch((line) -> line.startsWith("governance_access_log") && !line.endsWith(" 0.0"));
	}

	private static TracedApplication start() {
		return TracedApplication.start(WebApplicationType.REACTIVE, Application.class,
				"--spring.application.name=bounded", "--governance.tracing.metrics.istio.enabled=true",
				"--governance.tracing.access-log.enabled=true", "--governance.tracing.baggage=lane,user-group",
				"--governance.tracing.mdc=lane", "--governance.rules.sampling.users.match.headers.x-user.prefix=user-1",
				"--governance.rules.sampling.users.parent=ignore", "--governance.rules.sampling.users.ratio=0.1",
				"--logging.level.root=warn", "--logging.level.io.governance.access=info");
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration(excludeName = {
			"org.springframework.boot.jetty.autoconfigure.reactive.JettyReactiveWebServerAutoConfiguration",
			"org.springframework.boot.tomcat.autoconfigure.reactive.TomcatReactiveWebServerAutoConfiguration" })
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
