// SPDX-License-Identifier: Apache-2.0

package io.governance.test.consul;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;

import io.governance.test.Requirement;
import org.jspecify.annotations.Nullable;

/**
 * Finds the {@code consul} command: {@code CONSUL_BIN}, the {@code PATH}, then the cache
 * that {@code scripts/test} fills.
 */
public final class ConsulBinary {

	private static final String CACHED = "governance/consul/usr/bin/consul";

	private ConsulBinary() {
	}

	/**
	 * What a test registers that needs the command.
	 * @return the requirement named {@code consul}
	 */
	public static Requirement requirement() {
		return new Requirement("consul", () -> find().isPresent() ? Optional.empty() : Optional
			.of("no consul command in CONSUL_BIN, on the PATH or in the cache; scripts/test installs one"));
	}

	/**
	 * Looks for the command.
	 * @return its path, or empty
	 */
	public static Optional<Path> find() {
		@Nullable String named = System.getenv("CONSUL_BIN");
		if (named != null && !named.isBlank()) {
			return Optional.of(Path.of(named)).filter(Files::isExecutable);
		}
		String path = System.getenv().getOrDefault("PATH", "");
		Stream<Path> onPath = Arrays.stream(path.split(File.pathSeparator))
			.filter((directory) -> !directory.isBlank())
			.map((directory) -> Path.of(directory, "consul"));
		return Stream.concat(onPath, Stream.of(cache().resolve(CACHED)))
			.filter(Files::isRegularFile)
			.filter(Files::isExecutable)
			.findFirst();
	}

	private static Path cache() {
		@Nullable String named = System.getenv("XDG_CACHE_HOME");
		return (named != null && !named.isBlank()) ? Path.of(named)
				: Path.of(System.getProperty("user.home"), ".cache");
	}

}
