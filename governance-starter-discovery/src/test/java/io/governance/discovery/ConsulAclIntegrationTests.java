// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;

import io.governance.discovery.registration.RegistrationFailedException;
import io.governance.discovery.registration.RegistrationState;
import io.governance.discovery.registration.SelfRegistration;
import io.governance.test.consul.ConsulHttp;
import io.governance.test.consul.RealConsul;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Registration at an agent that refuses, and then does not.
 */
@ExtendWith(OutputCaptureExtension.class)
class ConsulAclIntegrationTests {

	@RegisterExtension
	static final RealConsul consul = RealConsul.agentWithAcl();

	private final String token = UUID.randomUUID().toString();

	@Test
	void aRefusalIsSeenSaidOnceAndHealsWithoutARestart(CapturedOutput output) {
		try (ConfigurableApplicationContext application = run("refused", "false")) {
			SelfRegistration registration = application.getBean(SelfRegistration.class);
			Awaitility.await()
				.untilAsserted(() -> assertThat(registration.status().state()).isEqualTo(RegistrationState.REFUSED));
			assertThat(registration.status().error()).contains("403", "The agent does not know the token",
					"governance.discovery.consul.token");
			HealthIndicator health = application.getBean("governanceDiscoveryHealthIndicator", HealthIndicator.class);
			assertThat(health.health().getStatus()).isEqualTo(Status.UP);
			assertThat(health.health().getDetails().get("registration")).asString()
				.contains("REFUSED", "403", "does not know the token");
			allow("refused", this.token);
			Awaitility.await()
				.untilAsserted(() -> assertThat(registration.status().state()).isEqualTo(RegistrationState.REGISTERED));
			assertThat(consul.http().get("/v1/health/service/refused?passing").json()).hasSize(1);
		}
		assertThat(output.getAll()).containsOnlyOnce("registration=refused")
			.contains("does not know the token")
			.doesNotContain("\tat ")
			.doesNotContain(this.token);
	}

	@Test
	void aTokenWithTooFewRightsIsSaidToBeOne() {
		allow("something-else", this.token);
		try (ConfigurableApplicationContext application = run("poor", "false")) {
			SelfRegistration registration = application.getBean(SelfRegistration.class);
			Awaitility.await()
				.untilAsserted(() -> assertThat(registration.status().state()).isEqualTo(RegistrationState.REFUSED));
			assertThat(registration.status().error()).contains("403 Permission denied",
					"too few rights (expected: service:write for poor)");
		}
	}

	@Test
	void theRightTokenWrittenIntoTheFileRegistersWithoutARestartAndSoDoesEachNextOne(@TempDir Path directory)
			throws IOException {
		Path file = Files.writeString(directory.resolve("token"), UUID.randomUUID() + "\n");
		try (ConfigurableApplicationContext application = run("rotated", "governance.discovery.consul.token-file",
				file.toString())) {
			SelfRegistration registration = application.getBean(SelfRegistration.class);
			Awaitility.await()
				.untilAsserted(() -> assertThat(registration.status().state()).isEqualTo(RegistrationState.REFUSED));
			assertThat(registration.status().error()).contains("ACL not found", "token-file");
			allow("rotated", this.token);
			Files.writeString(file, this.token);
			awaitRegistered(registration);
			String next = UUID.randomUUID().toString();
			allow("rotated", next);
			Files.writeString(file, next);
			Awaitility.await().pollDelay(Duration.ofSeconds(3)).untilAsserted(() -> awaitRegistered(registration));
			remove(this.token);
			// the agent tells the servers with the token of the registration, the new one
			// by now
			String check = "/v1/agent/check/fail/service:" + registration.status().instanceId();
			Awaitility.await().untilAsserted(() -> {
				assertThat(consul.http().put(check).status()).isEqualTo(200);
				assertThat(consul.http().get("/v1/health/service/rotated?passing").json()).isEmpty();
			});
			consul.http().await("/v1/health/service/rotated?passing", (instances) -> instances.size() == 1);
			awaitRegistered(registration);
			assertThat(registration.registrations()).isEqualTo(1);
		}
	}

	@Test
	void aRefusalEndsTheStartWhereTheUserWantsThat() {
		assertThatExceptionOfType(RegistrationFailedException.class).isThrownBy(() -> run("hasty", "true").close())
			.withMessageContainingAll("REFUSED", "403", "governance.discovery.registration.fail-fast");
	}

	private static void awaitRegistered(SelfRegistration registration) {
		Awaitility.await()
			.untilAsserted(() -> assertThat(registration.status().state()).isEqualTo(RegistrationState.REGISTERED));
	}

	private ConfigurableApplicationContext run(String service, String failFast) {
		return run(service, "governance.discovery.consul.token", this.token,
				"governance.discovery.registration.fail-fast=" + failFast);
	}

	private static ConfigurableApplicationContext run(String service, String property, String value,
			String... properties) {
		return new SpringApplicationBuilder(Application.class)
			.properties("spring.application.name=" + service, "server.port=0", "server.address=127.0.0.1",
					"spring.main.banner-mode=off", "governance.discovery.consul.host=127.0.0.1",
					"governance.discovery.consul.port=" + consul.port(), property + "=" + value,
					"governance.discovery.consul.ttl=3s", "governance.discovery.lifecycle.leave-delay=0s",
					"governance.discovery.lifecycle.late-window=0s")
			.properties(properties)
			.run();
	}

	private static void allow(String service, String token) {
		String rules = "service \\\"" + service + "\\\" { policy = \\\"write\\\" }";
		consul.http().put("/v1/acl/policy", "{\"Name\": \"" + service + "\", \"Rules\": \"" + rules + "\"}");
		assertThat(consul.http()
			.put("/v1/acl/token", "{\"SecretID\": \"" + token + "\", \"Policies\": [{\"Name\": \"" + service + "\"}]}")
			.status()).isEqualTo(200);
	}

	private static void remove(String token) {
		String accessor = new ConsulHttp(consul.uri(), token).get("/v1/acl/token/self")
			.json()
			.path("AccessorID")
			.asString();
		assertThat(consul.http().delete("/v1/acl/token/" + accessor).status()).isEqualTo(200);
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
