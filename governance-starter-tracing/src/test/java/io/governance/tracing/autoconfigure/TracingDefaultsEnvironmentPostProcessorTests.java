// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.autoconfigure;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

class TracingDefaultsEnvironmentPostProcessorTests {

	private static final String EXPOSED = "management.endpoints.web.exposure.include";

	private final StandardEnvironment environment = new StandardEnvironment();

	private final TracingDefaultsEnvironmentPostProcessor processor = new TracingDefaultsEnvironmentPostProcessor();

	@Test
	void addsOneNamedSourceBelowAllOthers() {
		this.processor.postProcessEnvironment(this.environment, new SpringApplication());
		this.processor.postProcessEnvironment(this.environment, new SpringApplication());
		assertThat(this.environment.getPropertySources().stream().map(PropertySource::getName))
			.containsOnlyOnce("governanceTracingDefaults")
			.endsWith("governanceTracingDefaults");
		assertThat(this.environment.getProperty(EXPOSED)).isEqualTo("health,info,prometheus,governance");
		assertThat(this.environment.getProperty("spring.reactor.context-propagation")).isEqualTo("auto");
	}

	@Test
	void yieldsToTheApplicationWhereverItSpeaks() {
		this.environment.getPropertySources().addFirst(new MapPropertySource("mine", Map.of(EXPOSED, "health")));
		this.processor.postProcessEnvironment(this.environment, new SpringApplication());
		assertThat(this.environment.getProperty(EXPOSED)).isEqualTo("health");
	}

	@Test
	void yieldsToASourceThatWasAddedLater() {
		this.processor.postProcessEnvironment(this.environment, new SpringApplication());
		this.environment.getPropertySources().addLast(new MapPropertySource("annotated", Map.of(EXPOSED, "info")));
		TracingDefaultsEnvironmentPostProcessor.moveToEnd(this.environment);
		assertThat(this.environment.getProperty(EXPOSED)).isEqualTo("info");
	}

	@Test
	void movesNothingWhereNothingWasAdded() {
		TracingDefaultsEnvironmentPostProcessor.moveToEnd(this.environment);
		assertThat(this.environment.getPropertySources().contains("governanceTracingDefaults")).isFalse();
	}

	@Test
	void addsNothingWhenSwitchedOff() {
		this.environment.getPropertySources()
			.addFirst(new MapPropertySource("mine", Map.of("governance.tracing.enabled", "false")));
		this.processor.postProcessEnvironment(this.environment, new SpringApplication());
		assertThat(this.environment.getProperty(EXPOSED)).isNull();
	}

	@Test
	void leavesReactorAloneInAGatewayAndWithoutReactor() {
		String key = "spring.reactor.context-propagation";
		assertThat(TracingDefaultsEnvironmentPostProcessor.defaults((name) -> true)).doesNotContainKey(key);
		assertThat(TracingDefaultsEnvironmentPostProcessor.defaults((name) -> false)).doesNotContainKey(key);
		assertThat(TracingDefaultsEnvironmentPostProcessor
			.defaults(TracingDefaultsEnvironmentPostProcessor.REACTOR::equals)).containsEntry(key, "auto");
	}

}
