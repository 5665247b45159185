// SPDX-License-Identifier: Apache-2.0

package io.governance.logging;

import java.time.Duration;
import java.util.Map;

import io.governance.actuate.GovernanceEndpoint;
import io.governance.actuate.GovernanceEndpoint.DescribedRule;
import io.governance.binding.LiveRules;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.MapPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

class LogLevelRulesIntegrationTests {

	private static final String LOGGER = "com.acme.live.Orders";

	private static final String RULES = "governance.rules.log-level.debug-orders.";

	private ConfigurableApplicationContext start(String... arguments) {
		return new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE)
			.properties("spring.application.name=orders", "logging.group.shop=" + LOGGER + "One," + LOGGER + "Two",
					"management.endpoints.web.exposure.include=governance",
					"management.endpoints.jmx.exposure.include=governance")
			.run(arguments);
	}

	@Test
	void levelReturnsByItselfWhenItsTimeIsOver() {
		try (ConfigurableApplicationContext context = start("--" + RULES + "match.service=orders",
				"--" + RULES + "loggers[" + LOGGER + "]=DEBUG", "--" + RULES + "active-for=2s")) {
			assertThat(level(context, LOGGER)).isEqualTo(LogLevel.DEBUG);
			assertThat(rule(context).state()).startsWith("active until ");
			assertThat(rule(context).note()).isNull();
			Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> level(context, LOGGER) == null);
			assertThat(rule(context).state()).startsWith("returned at ");
		}
	}

	@Test
	void levelFollowsTheRuleWhileTheApplicationRuns() {
		try (ConfigurableApplicationContext context = start()) {
			context.getEnvironment()
				.getPropertySources()
				.addFirst(new MapPropertySource("pushed", Map.of(RULES + "loggers.shop", "TRACE")));
			assertThat(context.getBean(LiveRules.class).refresh().isValid()).isTrue();
			assertThat(level(context, LOGGER + "One")).isEqualTo(LogLevel.TRACE);
			assertThat(level(context, LOGGER + "Two")).isEqualTo(LogLevel.TRACE);
			context.getEnvironment().getPropertySources().remove("pushed");
			assertThat(context.getBean(LiveRules.class).refresh().isValid()).isTrue();
			assertThat(level(context, LOGGER + "One")).isNull();
			assertThat(level(context, LOGGER + "Two")).isNull();
		}
	}

	private static LogLevel level(ConfigurableApplicationContext context, String logger) {
		return context.getBean(LoggingSystem.class).getLoggerConfiguration(logger).getConfiguredLevel();
	}

	private static DescribedRule rule(ConfigurableApplicationContext context) {
		return context.getBean(GovernanceEndpoint.class)
			.rules()
			.rules()
			.stream()
			.filter((rule) -> rule.type().equals("log-level"))
			.findFirst()
			.orElseThrow();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
