// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.autoconfigure;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.env.DefaultPropertiesPropertySource;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.support.SpringFactoriesLoader;

import static org.assertj.core.api.Assertions.assertThat;

class HttpServiceBreakersEnvironmentPostProcessorTests {

	private final ConfigurableEnvironment environment = new StandardEnvironment();

	private List<String> processed() {
		new HttpServiceBreakersEnvironmentPostProcessor().postProcessEnvironment(this.environment,
				new SpringApplication());
		return HttpServiceBreakersEnvironmentPostProcessor.PROPERTIES.stream()
			.map(this.environment::getProperty)
			.toList();
	}

	@Test
	void springCloudWrapsNoClient() {
		assertThat(processed()).containsExactly("false", "false");
	}

	@Test
	void whatIsWrittenWins() {
		String property = HttpServiceBreakersEnvironmentPostProcessor.PROPERTIES.get(0);
		DefaultPropertiesPropertySource.addOrMerge(Map.of(property, "true"), this.environment.getPropertySources());
		assertThat(processed()).containsExactly("true", "false");
		Map<String, Object> file = Map.of(HttpServiceBreakersEnvironmentPostProcessor.PROPERTIES.get(1), "true");
		this.environment.getPropertySources().addFirst(new MapPropertySource("file", file));
		assertThat(processed()).containsExactly("true", "true");
	}

	@Test
	void isFoundBySpringBoot() {
		List<String> names = SpringFactoriesLoader.forDefaultResourceLocation()
			.load(EnvironmentPostProcessor.class, SpringFactoriesLoader.FailureHandler.handleMessage((message, ex) -> {
			}))
			.stream()
			.map((processor) -> processor.getClass().getSimpleName())
			.toList();
		assertThat(names).contains("HttpServiceBreakersEnvironmentPostProcessor");
	}

}
