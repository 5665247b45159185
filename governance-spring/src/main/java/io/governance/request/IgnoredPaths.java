// SPDX-License-Identifier: Apache-2.0

package io.governance.request;

import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.core.env.Environment;

/**
 * The paths that no rule is asked about: a limit must not make an instance look ill.
 *
 * @param base the path of the management endpoints, without a slash at its end;
 * {@code null} to ask about every path
 * @param probes the paths of liveness and readiness that are not below it
 */
public record IgnoredPaths(@Nullable String base, Set<String> probes) {

	private static final Set<String> ADDITIONAL = Set.of("/livez", "/readyz");

	/**
	 * Ignores what is below a path.
	 * @param base the path, without a slash at its end; {@code null} to ask about every
	 * path
	 */
	public IgnoredPaths(@Nullable String base) {
		this(base, Set.of());
	}

	/**
	 * Ignores the management endpoints of an application, and its additional probes.
	 * @param environment what the application is set to
	 * @return the paths
	 */
	public static IgnoredPaths of(Environment environment) {
		IgnoredPaths below = below(environment.getProperty("management.endpoints.web.base-path", "/actuator"));
		boolean additional = environment.getProperty("management.endpoint.health.probes.add-additional-paths",
				Boolean.class, false);
		return new IgnoredPaths(below.base, additional ? ADDITIONAL : Set.of());
	}

	/**
	 * Ignores the management endpoints.
	 * @param path where they are below the application's path
	 * @return the paths; none if the endpoints have no path of their own
	 */
	public static IgnoredPaths below(String path) {
		String base = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
		return new IgnoredPaths(base.isEmpty() ? null : base);
	}

	/**
	 * Whether no rule is asked about a path. Paths that a server might read as another
	 * one are never ignored.
	 * @param path the path below the application's, still encoded
	 * @return whether to ignore it
	 */
	public boolean contains(String path) {
		return this.probes.contains(path) || isBelow(path);
	}

	private boolean isBelow(String path) {
		return this.base != null && path.startsWith(this.base)
				&& (path.length() == this.base.length() || path.charAt(this.base.length()) == '/')
				&& path.indexOf('%') < 0 && path.indexOf(';') < 0 && !path.contains("/.") && !path.contains("//");
	}

}
