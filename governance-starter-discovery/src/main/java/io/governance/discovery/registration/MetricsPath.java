// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.registration;

import org.springframework.core.env.Environment;

/** Where Prometheus finds this process's metrics, by Spring Boot's settings. */
final class MetricsPath {

	static final String DEFAULT = "/actuator/prometheus";

	private MetricsPath() {
	}

	static String of(Environment environment, boolean ownPort) {
		String context = ownPort ? environment.getProperty("management.server.base-path", "") : environment
			.getProperty("server.servlet.context-path", environment.getProperty("spring.webflux.base-path", ""));
		String base = environment.getProperty("management.endpoints.web.base-path", "/actuator");
		String path = environment.getProperty("management.endpoints.web.path-mapping.prometheus", "prometheus");
		return normalized(context) + normalized(base) + normalized(path);
	}

	private static String normalized(String part) {
		String trimmed = part.replaceAll("^/+|/+$", "");
		return trimmed.isEmpty() ? "" : "/" + trimmed;
	}

}
