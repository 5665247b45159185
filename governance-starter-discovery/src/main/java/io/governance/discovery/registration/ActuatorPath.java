// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.registration;

import org.jspecify.annotations.Nullable;

import org.springframework.core.env.Environment;

/** Where others find an actuator endpoint of this process, by Spring Boot's settings. */
final class ActuatorPath {

	private ActuatorPath() {
	}

	/** {@code null} where the web has no such endpoint. */
	static @Nullable String of(Environment environment, boolean ownPort, @Nullable String endpoint) {
		if (endpoint == null || environment.getProperty("management.server.port", Integer.class, 0) < 0) {
			return null;
		}
		if (ownPort) {
			return normalized(environment.getProperty("management.server.base-path", "")) + normalized(endpoint);
		}
		String context = environment.getProperty("server.servlet.context-path",
				environment.getProperty("spring.webflux.base-path", ""));
		return normalized(context) + normalized(environment.getProperty("spring.mvc.servlet.path", ""))
				+ normalized(endpoint);
	}

	private static String normalized(String part) {
		String trimmed = part.replaceAll("^/+|/+$", "");
		return trimmed.isEmpty() ? "" : "/" + trimmed;
	}

}
