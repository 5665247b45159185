// SPDX-License-Identifier: Apache-2.0

package io.governance.test.zipkin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

import io.governance.test.Requirement;
import org.jspecify.annotations.Nullable;

/**
 * Finds Zipkin's executable jar: {@code ZIPKIN_JAR}, then the cache that
 * {@code scripts/test} fills.
 */
public final class ZipkinJar {

	private static final String CACHED = "governance/zipkin";

	private ZipkinJar() {
	}

	/**
	 * What a test registers that needs the server.
	 * @return the requirement named {@code zipkin}
	 */
	public static Requirement requirement() {
		return new Requirement("zipkin", () -> find().isPresent() ? Optional.empty()
				: Optional.of("no Zipkin in ZIPKIN_JAR or in the cache; scripts/test installs one"));
	}

	/**
	 * Looks for the jar.
	 * @return its path, or empty
	 */
	public static Optional<Path> find() {
		@Nullable String named = System.getenv("ZIPKIN_JAR");
		if (named != null && !named.isBlank()) {
			return Optional.of(Path.of(named)).filter(Files::isRegularFile);
		}
		Path directory = cache().resolve(CACHED);
		if (!Files.isDirectory(directory)) {
			return Optional.empty();
		}
		try (Stream<Path> files = Files.list(directory)) {
			return files.filter((file) -> file.getFileName().toString().matches("zipkin-server-.*-exec\\.jar"))
				.max(Comparator.naturalOrder());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static Path cache() {
		@Nullable String named = System.getenv("XDG_CACHE_HOME");
		return (named != null && !named.isBlank()) ? Path.of(named)
				: Path.of(System.getProperty("user.home"), ".cache");
	}

}
