// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.logging;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

class LogDefaultsTests {

	private static final String PATTERN = "logging.pattern.console";

	private final MockEnvironment environment = new MockEnvironment();

	@Test
	void withoutAVersionThereIsNoEmptyPlaceForIt() {
		assertThat(LogDefaults.of(this.environment, null)).doesNotContainKey("spring.application.version")
			.extractingByKey(PATTERN)
			.asString()
			.contains("%esb(){APPLICATION_NAME}%esb{APPLICATION_GROUP}");
	}

	@Test
	void aVersionIsFreeTextAndNoPattern() {
		this.environment.setProperty("spring.application.version", " 1.2.3){red}%m ");
		assertThat(LogDefaults.of(this.environment, null)).extractingByKey(PATTERN)
			.asString()
			.contains("%esb(){APPLICATION_NAME}[1.2.3__red__m] %esb{APPLICATION_GROUP}");
	}

	@Test
	void theVersionIsThatOfTheBuildWhereNobodySaysAnother(@TempDir Path directory) throws IOException {
		Files.createDirectories(directory.resolve("META-INF"));
		Files.writeString(directory.resolve("META-INF/build-info.properties"), "build.version=4.5.6\n");
		try (URLClassLoader built = new URLClassLoader(new URL[] { directory.toUri().toURL() },
				getClass().getClassLoader())) {
			Map<String, Object> defaults = LogDefaults.of(this.environment, built);
			assertThat(defaults).containsEntry("spring.application.version", "4.5.6");
			assertThat(defaults.get(PATTERN)).asString().contains("[4.5.6] ");
			this.environment.setProperty("spring.application.version", "1");
			assertThat(LogDefaults.of(this.environment, built)).doesNotContainKey("spring.application.version");
		}
	}

	@Test
	void patternsAreForLogbackOnly() {
		assertThat(LogDefaults.of(this.environment, new FilteredClassLoader("ch.qos.logback"))).isEmpty();
	}

}
