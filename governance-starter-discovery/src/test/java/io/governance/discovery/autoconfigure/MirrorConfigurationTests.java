// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.autoconfigure;

import java.time.Duration;

import io.governance.autoconfigure.GovernanceAutoConfiguration;
import io.governance.discovery.ScriptedSource;
import io.governance.discovery.mirror.Mirror;
import io.governance.discovery.mirror.MirrorSettings;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.http.HttpHeaders;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link MirrorConfiguration}.
 */
class MirrorConfigurationTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(SslAutoConfiguration.class, GovernanceAutoConfiguration.class,
				GovernanceDiscoveryAutoConfiguration.class))
		.withBean(ScriptedSource.class);

	@Test
	void suppliesTheMirror() {
		this.contextRunner.run((context) -> assertThat(context).hasSingleBean(Mirror.class));
	}

	@Test
	void backsOffForTheUsersOwn() {
		Mirror own = new Mirror(null, "orders",
				new MirrorSettings(Duration.ofSeconds(1), Duration.ofSeconds(1), () -> null), Runnable::run);
		this.contextRunner.withBean("own", Mirror.class, () -> own)
			.run((context) -> assertThat(context).getBean(Mirror.class).isSameAs(own));
	}

	@Test
	void needsSpringsHttpClasses() {
		this.contextRunner.withClassLoader(new FilteredClassLoader(HttpHeaders.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean("governanceMirror"));
	}

	@Test
	void aTimeThatIsNoneStopsTheStart() {
		this.contextRunner.withPropertyValues("governance.discovery.mirror.timeout=0s")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessage("governance.discovery.mirror.timeout: PT0S (expected: more than 0)"));
	}

	@Test
	void aBundleThatIsNotThereStopsTheStart() {
		this.contextRunner.withPropertyValues("governance.discovery.mirror.ssl.bundle=none")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessage("governance.discovery.mirror.ssl.bundle: none "
						+ "(expected: the name of a bundle below spring.ssl.bundle)"));
	}

}
