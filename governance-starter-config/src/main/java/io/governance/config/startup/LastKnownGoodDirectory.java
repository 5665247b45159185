// SPDX-License-Identifier: Apache-2.0

package io.governance.config.startup;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import io.governance.config.ConfigProperties;
import org.jspecify.annotations.Nullable;

/**
 * Where last-known-good files lie: where the user says, else in the user's cache
 * directory. Never in a directory that everybody may write to.
 */
final class LastKnownGoodDirectory {

	private LastKnownGoodDirectory() {
	}

	static @Nullable Path of(ConfigProperties.LastKnownGood settings, Map<String, String> variables) {
		if (!settings.enabled()) {
			return null;
		}
		if (settings.directory() != null) {
			return settings.directory();
		}
		String cache = variables.get("XDG_CACHE_HOME");
		if (cache != null && !cache.isBlank()) {
			return Path.of(cache, "governance", "config");
		}
		Path home = Path.of(System.getProperty("user.home", "?"));
		return Files.isDirectory(home) ? home.resolve(".cache").resolve("governance").resolve("config") : null;
	}

}
