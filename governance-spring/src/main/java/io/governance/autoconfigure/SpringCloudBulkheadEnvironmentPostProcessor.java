// SPDX-License-Identifier: Apache-2.0

package io.governance.autoconfigure;

import java.util.Map;

import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.boot.env.DefaultPropertiesPropertySource;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * Keeps Spring Cloud CircuitBreaker as it was: when it sees Resilience4j's bulkheads,
 * which the rules of type {@code bulkhead} bring along, it moves every call to a pool of
 * threads. Ranks below everything a user writes.
 */
final class SpringCloudBulkheadEnvironmentPostProcessor implements EnvironmentPostProcessor, Ordered {

	static final String PROPERTY = "spring.cloud.circuitbreaker.bulkhead.resilience4j.enabled";

	@Override
	public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
		// what is there already may be the application's own default
		if (!environment.containsProperty(PROPERTY)) {
			DefaultPropertiesPropertySource.addOrMerge(Map.of(PROPERTY, "false"), environment.getPropertySources());
		}
	}

	@Override
	public int getOrder() {
		return ConfigDataEnvironmentPostProcessor.ORDER - 1;
	}

}
