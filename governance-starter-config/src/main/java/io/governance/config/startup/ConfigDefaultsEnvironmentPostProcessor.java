// SPDX-License-Identifier: Apache-2.0

package io.governance.config.startup;

import java.util.LinkedHashMap;
import java.util.Map;

import org.springframework.boot.env.DefaultPropertiesPropertySource;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertySource;

/**
 * The defaults that make an unconfigured starter inert and a start bounded in time. They
 * rank below everything a user writes.
 */
final class ConfigDefaultsEnvironmentPostProcessor implements EnvironmentPostProcessor, Ordered {

	private static final Map<String, Object> DEFAULTS = Map.of( //
			"spring.cloud.config.import-check.enabled", "false", //
			"spring.cloud.config.request-connect-timeout", "1000", //
			"spring.cloud.config.request-read-timeout", "3000", //
			"management.health.config.enabled", "false", //
			"management.health.refresh.enabled", "false");

	@Override
	public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
		MutablePropertySources sources = environment.getPropertySources();
		Map<String, Object> merged = new LinkedHashMap<>(DEFAULTS);
		PropertySource<?> present = sources.get(DefaultPropertiesPropertySource.NAME);
		if (present instanceof MapPropertySource map) {
			merged.putAll(map.getSource());
		}
		sources.remove(DefaultPropertiesPropertySource.NAME);
		sources.addLast(new DefaultPropertiesPropertySource(merged));
	}

	@Override
	public int getOrder() {
		return ConfigDataEnvironmentPostProcessor.ORDER - 1;
	}

}
