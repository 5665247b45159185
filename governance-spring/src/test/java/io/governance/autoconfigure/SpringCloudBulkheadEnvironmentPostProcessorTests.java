// SPDX-License-Identifier: Apache-2.0

package io.governance.autoconfigure;

import java.util.LinkedHashMap;
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

class SpringCloudBulkheadEnvironmentPostProcessorTests {

	private static final String PROPERTY = SpringCloudBulkheadEnvironmentPostProcessor.PROPERTY;

	private final ConfigurableEnvironment environment = new StandardEnvironment();

	private String processed() {
		new SpringCloudBulkheadEnvironmentPostProcessor().postProcessEnvironment(this.environment,
				new SpringApplication());
		return this.environment.getProperty(PROPERTY);
	}

	@Test
	void springCloudMakesNoBulkheads() {
		assertThat(processed()).isEqualTo("false");
	}

	@Test
	void defaultsOfTheApplicationStayAndWin() {
		Map<String, Object> defaults = new LinkedHashMap<>(Map.of("its.own", "1"));
		DefaultPropertiesPropertySource.addOrMerge(defaults, this.environment.getPropertySources());
		assertThat(processed()).isEqualTo("false");
		assertThat(this.environment.getProperty("its.own")).isEqualTo("1");
		DefaultPropertiesPropertySource.addOrMerge(Map.of(PROPERTY, "true"), this.environment.getPropertySources());
		assertThat(processed()).isEqualTo("true");
	}

	@Test
	void whatTheUserWritesLaterWins() {
		processed();
		this.environment.getPropertySources().addFirst(new MapPropertySource("file", Map.of(PROPERTY, "true")));
		assertThat(this.environment.getProperty(PROPERTY)).isEqualTo("true");
	}

	@Test
	void isFoundBySpringBoot() {
		List<String> names = SpringFactoriesLoader.forDefaultResourceLocation()
			.load(EnvironmentPostProcessor.class, SpringFactoriesLoader.FailureHandler.handleMessage((message, ex) -> {
			}))
			.stream()
			.map((processor) -> processor.getClass().getSimpleName())
			.toList();
		assertThat(names).contains("SpringCloudBulkheadEnvironmentPostProcessor");
	}

}
