// SPDX-License-Identifier: Apache-2.0

package io.governance.config.startup;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

import io.governance.config.ConfigProperties;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LastKnownGoodDirectoryTests {

	@Test
	void isWhereTheUserSays() {
		assertThat(LastKnownGoodDirectory.of(settings(true, Path.of("here")), Map.of("XDG_CACHE_HOME", "/cache")))
			.isEqualTo(Path.of("here"));
	}

	@Test
	void isTheCacheDirectoryOtherwise() {
		assertThat(LastKnownGoodDirectory.of(settings(true, null), Map.of("XDG_CACHE_HOME", "/cache")))
			.isEqualTo(Path.of("/cache/governance/config"));
		assertThat(LastKnownGoodDirectory.of(settings(true, null), Map.of()))
			.isEqualTo(Path.of(System.getProperty("user.home"), ".cache", "governance", "config"));
	}

	@Test
	void isNowhereWhenSwitchedOff() {
		assertThat(LastKnownGoodDirectory.of(settings(false, Path.of("here")), Map.of())).isNull();
	}

	private static ConfigProperties.LastKnownGood settings(boolean enabled, Path directory) {
		return new ConfigProperties.LastKnownGood(enabled, directory, Duration.ofDays(1));
	}

}
