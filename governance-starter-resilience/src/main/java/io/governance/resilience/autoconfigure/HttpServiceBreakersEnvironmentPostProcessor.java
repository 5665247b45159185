// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.autoconfigure;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.boot.env.DefaultPropertiesPropertySource;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.util.ClassUtils;

/**
 * Keeps HTTP service clients as they were: where Spring Cloud sees a circuit breaker
 * factory, such as the one of this starter, it runs every call of theirs through it, and
 * hides what the call failed with behind an exception of its own. Their calls pass the
 * rules anyhow. Ranks below everything a user writes; leaves Resilience4j's factory
 * alone.
 */
final class HttpServiceBreakersEnvironmentPostProcessor implements EnvironmentPostProcessor, Ordered {

	static final List<String> PROPERTIES = List.of("spring.cloud.circuitbreaker.http-services.enabled",
			"spring.cloud.circuitbreaker.reactive-http-services.enabled");

	private static final String OTHER = "org.springframework.cloud.circuitbreaker.resilience4j.Resilience4JCircuitBreakerFactory";

	@Override
	public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
		if (ClassUtils.isPresent(OTHER, application.getClassLoader())) {
			return;
		}
		Map<String, Object> defaults = new LinkedHashMap<>();
		for (String property : PROPERTIES) {
			// what is there already may be the application's own default
			if (!environment.containsProperty(property)) {
				defaults.put(property, "false");
			}
		}
		DefaultPropertiesPropertySource.addOrMerge(defaults, environment.getPropertySources());
	}

	@Override
	public int getOrder() {
		return ConfigDataEnvironmentPostProcessor.ORDER - 1;
	}

}
