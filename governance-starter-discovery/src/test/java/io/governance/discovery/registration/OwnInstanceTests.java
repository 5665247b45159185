// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.registration;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.governance.discovery.ManualTime;
import io.governance.discovery.registration.CheckSettings.Kind;
import org.junit.jupiter.api.Test;

import org.springframework.boot.web.server.WebServer;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link OwnInstance}.
 */
class OwnInstanceTests {

	private static final Duration FORGET = Duration.ofMinutes(2);

	private static final Duration INTERVAL = Duration.ofSeconds(7);

	private static final Duration TIMEOUT = Duration.ofSeconds(3);

	private final MockEnvironment environment = new MockEnvironment().withProperty("spring.application.name", "orders")
		.withProperty("server.address", "10.0.0.1");

	@Test
	void isNotKnownBeforeTheServerHasAPort() {
		assertThat(instance(check(Kind.TTL, null, null, null)).definition()).isNull();
	}

	@Test
	void saysWhatTheUserSaysAndWhatItFindsOut() {
		ServiceDefinition definition = started(check(Kind.TTL, null, null, null), 8080, 0);
		assertThat(definition.id()).isEqualTo("orders-10.0.0.1-8080");
		assertThat(definition.tags()).containsExactly("staging");
		assertThat(definition.metadata()).containsEntry("zone", "a").containsKey(OwnInstance.START_TIME);
		assertThat(definition.check()).isEqualTo(new ServiceDefinition.Check.Ttl(Duration.ofSeconds(10), FORGET));
	}

	@Test
	void anAgentThatAsksByHttpAsksForTheReadinessOfTheActuator() {
		assertThat(url(check(Kind.HTTP, null, null, null), 0))
			.isEqualTo("http://10.0.0.1:8080/actuator/health/readiness");
		assertThat(url(check(Kind.HTTP, null, null, null), 9090))
			.isEqualTo("http://10.0.0.1:9090/actuator/health/readiness");
		this.environment.setProperty("server.servlet.context-path", "/shop");
		this.environment.setProperty("management.endpoints.web.base-path", "/");
		this.environment.setProperty("management.endpoints.web.path-mapping.health", "up");
		assertThat(url(check(Kind.HTTP, null, null, null), 0)).isEqualTo("http://10.0.0.1:8080/shop/up/readiness");
	}

	@Test
	void anAgentAsksForThePathAndPortThatTheUserSays() {
		assertThat(url(check(Kind.HTTP, "/alive", null, 7070), 9090)).isEqualTo("http://10.0.0.1:7070/alive");
	}

	@Test
	void anAgentAsksByTlsWhereTheServerSpeaksIt() {
		this.environment.setProperty("server.ssl.bundle", "web");
		assertThat(url(check(Kind.HTTP, "/alive", null, null), 0)).isEqualTo("https://10.0.0.1:8080/alive");
		assertThat(started(check(Kind.GRPC, null, "shop.Orders", 9095), 8080, 9090).check()).isEqualTo(
				new ServiceDefinition.Check.Grpc("10.0.0.1:9095/shop.Orders", true, INTERVAL, TIMEOUT, true, FORGET));
	}

	@Test
	void theActuatorHasTheServersTlsUntilOneKeyOfItsOwnIsSet() {
		this.environment.setProperty("server.ssl.bundle", "web");
		assertThat(url(check(Kind.HTTP, "/alive", null, null), 9090)).isEqualTo("https://10.0.0.1:9090/alive");
		assertThat(started(check(Kind.TTL, null, null, null), 8080, 9090).metadata())
			.containsEntry(OwnInstance.MANAGEMENT_SECURE, "true");
		this.environment.setProperty("management.server.ssl.enabled", "false");
		assertThat(url(check(Kind.HTTP, "/alive", null, null), 9090)).isEqualTo("http://10.0.0.1:9090/alive");
		assertThat(started(check(Kind.TTL, null, null, null), 8080, 9090).metadata())
			.doesNotContainKey(OwnInstance.MANAGEMENT_SECURE);
		this.environment.setProperty("management.server.ssl.enabled", "true");
		this.environment.setProperty("management.server.ssl.bundle", "actuator");
		assertThat(url(check(Kind.HTTP, "/alive", null, null), 9090)).isEqualTo("https://10.0.0.1:9090/alive");
	}

	@Test
	void behindAServerThatIsNotBootsOwnThePortIsTheOneThatTheUserSays() {
		RegistrationSettings settings = new RegistrationSettings(null, null, 8443, List.of(), Map.of(), false, () -> 0);
		OwnInstance instance = new OwnInstance(this.environment, settings, check(Kind.TTL, null, null, null),
				() -> null, new ManualTime());
		assertThat(instance.definition()).extracting(ServiceDefinition::port).isEqualTo(8443);
	}

	@Test
	void anAgentAsksByGrpcForTheWholeServer() {
		this.environment.setProperty("server.address", "::2");
		assertThat(started(check(Kind.GRPC, null, null, null), 8080, 9090).check())
			.isEqualTo(new ServiceDefinition.Check.Grpc("[::2]:8080", false, INTERVAL, TIMEOUT, true, FORGET));
	}

	private String url(CheckSettings check, int managementPort) {
		return ((ServiceDefinition.Check.Http) started(check, 8080, managementPort).check()).url();
	}

	private ServiceDefinition started(CheckSettings check, int port, int managementPort) {
		OwnInstance instance = instance(check);
		instance.serverStarted(event(null, port));
		if (managementPort > 0) {
			instance.serverStarted(event("management", managementPort));
		}
		return instance.definition();
	}

	private OwnInstance instance(CheckSettings check) {
		RegistrationSettings settings = new RegistrationSettings(null, null, null, List.of("staging"),
				Map.of("zone", "a"), false, () -> 0);
		return new OwnInstance(this.environment, settings, check, () -> null, new ManualTime());
	}

	private static CheckSettings check(Kind kind, String path, String service, Integer port) {
		return new CheckSettings(kind, Duration.ofSeconds(10), path, service, port, INTERVAL, TIMEOUT, true, FORGET);
	}

	private static WebServerInitializedEvent event(String namespace, int port) {
		WebServer server = mock(WebServer.class);
		given(server.getPort()).willReturn(port);
		WebServerApplicationContext context = mock(WebServerApplicationContext.class);
		given(context.getServerNamespace()).willReturn(namespace);
		return new WebServerInitializedEvent(server) {

			@Override
			public WebServerApplicationContext getApplicationContext() {
				return context;
			}

		};
	}

}
