// SPDX-License-Identifier: Apache-2.0

package io.governance.test.registry;

import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

/** Where {@code scripts/test} puts programs. */
final class ProgramCache {

	private ProgramCache() {
	}

	static Path directory() {
		@Nullable String named = System.getenv("XDG_CACHE_HOME");
		Path cache = (named != null && !named.isBlank()) ? Path.of(named)
				: Path.of(System.getProperty("user.home"), ".cache");
		return cache.resolve("governance");
	}

}
