// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery;

import java.util.UUID;

import io.governance.discovery.registration.RegistrationFailedException;
import io.governance.discovery.registration.RegistrationState;
import io.governance.discovery.registration.SelfRegistration;
import io.governance.test.consul.RealConsul;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

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
			assertThat(registration.status().error()).contains("403");
			HealthIndicator health = application.getBean("governanceDiscoveryHealthIndicator", HealthIndicator.class);
			assertThat(health.health().getStatus()).isEqualTo(Status.UP);
			assertThat(health.health().getDetails().get("registration")).asString().contains("REFUSED", "403");
			allow("refused");
			Awaitility.await()
				.untilAsserted(() -> assertThat(registration.status().state()).isEqualTo(RegistrationState.REGISTERED));
			assertThat(consul.http().get("/v1/health/service/refused?passing").json()).hasSize(1);
		}
		assertThat(output.getAll()).containsOnlyOnce("registration=refused").doesNotContain("\tat ");
	}

	@Test
	void aRefusalEndsTheStartWhereTheUserWantsThat() {
		assertThatExceptionOfType(RegistrationFailedException.class).isThrownBy(() -> run("hasty", "true").close())
			.withMessageContainingAll("REFUSED", "403", "governance.discovery.registration.fail-fast");
	}

	private ConfigurableApplicationContext run(String service, String failFast) {
		return new SpringApplicationBuilder(Application.class)
			.properties("spring.application.name=" + service, "server.port=0", "server.address=127.0.0.1",
					"spring.main.banner-mode=off", "governance.discovery.consul.host=127.0.0.1",
					"governance.discovery.consul.port=" + consul.port(),
					"governance.discovery.consul.token=" + this.token, "governance.discovery.consul.ttl=3s",
					"governance.discovery.registration.leave-delay=0s",
					"governance.discovery.registration.fail-fast=" + failFast)
			.run();
	}

	private void allow(String service) {
		String rules = "service \\\"" + service + "\\\" { policy = \\\"write\\\" }";
		assertThat(consul.http()
			.put("/v1/acl/policy", "{\"Name\": \"" + service + "\", \"Rules\": \"" + rules + "\"}")
			.status()).isEqualTo(200);
		assertThat(consul.http()
			.put("/v1/acl/token",
					"{\"SecretID\": \"" + this.token + "\", \"Policies\": [{\"Name\": \"" + service + "\"}]}")
			.status()).isEqualTo(200);
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
