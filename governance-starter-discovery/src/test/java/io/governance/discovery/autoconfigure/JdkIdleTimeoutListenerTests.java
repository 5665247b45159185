// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.autoconfigure;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.bootstrap.DefaultBootstrapContext;
import org.springframework.boot.context.event.ApplicationStartingEvent;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link JdkIdleTimeoutListener}.
 */
class JdkIdleTimeoutListenerTests {

	private static final String PROPERTY = "jdk.httpclient.keepalive.timeout";

	private final String before = System.getProperty(PROPERTY, "");

	@AfterEach
	void restore() {
		if (this.before.isEmpty()) {
			System.clearProperty(PROPERTY);
		}
		else {
			System.setProperty(PROPERTY, this.before);
		}
	}

	@Test
	void theTimeIsSetBeforeThereIsAnyClient() {
		System.clearProperty(PROPERTY);
		start();
		assertThat(System.getProperty(PROPERTY)).isEqualTo("4");
	}

	@Test
	void aTimeThatTheJvmWasStartedWithStays() {
		System.setProperty(PROPERTY, "9");
		start();
		assertThat(System.getProperty(PROPERTY)).isEqualTo("9");
	}

	private static void start() {
		SpringApplication application = new SpringApplication(JdkIdleTimeoutListenerTests.class);
		new JdkIdleTimeoutListener().onApplicationEvent(
				new ApplicationStartingEvent(new DefaultBootstrapContext(), application, new String[0]));
	}

}
