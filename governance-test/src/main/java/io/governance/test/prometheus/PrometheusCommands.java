// SPDX-License-Identifier: Apache-2.0

package io.governance.test.prometheus;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

import io.governance.test.Requirement;
import org.jspecify.annotations.Nullable;

/**
 * Finds the commands {@code prometheus}, {@code promtool}, {@code alertmanager} and
 * {@code amtool}: in the directory {@code PROMETHEUS_HOME}, then in the cache that
 * {@code scripts/test} fills.
 */
public final class PrometheusCommands {

	private static final String CACHED = "governance/prometheus/bin";

	private PrometheusCommands() {
	}

	/**
	 * What a test registers that needs the commands.
	 * @return the requirement named {@code prometheus}
	 */
	public static Requirement requirement() {
		return new Requirement("prometheus", () -> find("prometheus").isPresent() ? Optional.empty()
				: Optional.of("no prometheus command in PROMETHEUS_HOME or in the cache; scripts/test installs one"));
	}

	/**
	 * Looks for a command.
	 * @param command its name
	 * @return its path, or empty
	 */
	public static Optional<Path> find(String command) {
		return Optional.of(directory().resolve(command)).filter(Files::isExecutable);
	}

	private static Path directory() {
		@Nullable String named = System.getenv("PROMETHEUS_HOME");
		return (named != null && !named.isBlank()) ? Path.of(named) : cache().resolve(CACHED);
	}

	private static Path cache() {
		@Nullable String named = System.getenv("XDG_CACHE_HOME");
		return (named != null && !named.isBlank()) ? Path.of(named)
				: Path.of(System.getProperty("user.home"), ".cache");
	}

}
