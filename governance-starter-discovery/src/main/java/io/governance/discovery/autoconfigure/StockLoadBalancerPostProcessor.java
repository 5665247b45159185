// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.autoconfigure;

import java.util.Map;

import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Switches Spring Cloud LoadBalancer off, where it is on the classpath, as long as ours
 * is on: its interceptor would buffer bodies and choose a second time. A user's own
 * setting wins. Feign knows only Spring Cloud LoadBalancer, and needs it switched on
 * again.
 */
final class StockLoadBalancerPostProcessor implements EnvironmentPostProcessor {

	private static final String NAME = "governance-discovery-defaults";

	@Override
	public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
		boolean ours = environment.getProperty("governance.discovery.enabled", Boolean.class, true)
				&& environment.getProperty("governance.discovery.load-balancer.enabled", Boolean.class, true);
		if (ours && !environment.getPropertySources().contains(NAME)) {
			environment.getPropertySources()
				.addLast(new MapPropertySource(NAME, Map.of("spring.cloud.loadbalancer.enabled", "false")));
		}
	}

}
