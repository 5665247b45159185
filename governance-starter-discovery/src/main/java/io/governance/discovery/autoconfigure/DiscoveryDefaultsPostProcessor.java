// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.autoconfigure;

import java.util.HashMap;
import java.util.Map;

import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Defaults that rank below everything a user writes. Health indicators that turn this
 * process down because a registry is away are off: ours says the same as a detail. Spring
 * Cloud LoadBalancer, where it is on the classpath, is off as long as ours is on: its
 * interceptor would buffer bodies and choose a second time.
 */
final class DiscoveryDefaultsPostProcessor implements EnvironmentPostProcessor {

	private static final String NAME = "governance-discovery-defaults";

	private static final Map<String, Object> HEALTH = Map.of( //
			"spring.cloud.discovery.client.composite-indicator.enabled", "false", //
			"spring.cloud.discovery.client.health-indicator.enabled", "false", //
			"management.health.consul.enabled", "false", //
			"management.health.zookeeper.enabled", "false");

	@Override
	public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
		if (!isOn(environment, "governance.discovery.enabled") || environment.getPropertySources().contains(NAME)) {
			return;
		}
		Map<String, Object> defaults = new HashMap<>(HEALTH);
		if (isOn(environment, "governance.discovery.load-balancer.enabled")) {
			defaults.put("spring.cloud.loadbalancer.enabled", "false");
		}
		environment.getPropertySources().addLast(new MapPropertySource(NAME, defaults));
	}

	private static boolean isOn(ConfigurableEnvironment environment, String property) {
		return environment.getProperty(property, Boolean.class, true);
	}

}
