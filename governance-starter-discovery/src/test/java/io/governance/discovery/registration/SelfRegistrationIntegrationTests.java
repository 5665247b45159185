// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.registration;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.governance.discovery.Instance;
import io.governance.discovery.InstanceSource;
import io.governance.discovery.ServiceViews;
import io.governance.discovery.springcloud.ConsulDiscoveryClient;
import io.governance.embeddedconsul.EmbeddedConsul;
import io.governance.test.consul.ConsulHttp;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.cloud.client.discovery.DiscoveryClient;
import org.springframework.cloud.client.discovery.event.HeartbeatEvent;
import org.springframework.context.ApplicationEvent;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.ReactorResourceFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

/**
 * {@link SelfRegistration} in running applications.
 */
@ExtendWith(OutputCaptureExtension.class)
class SelfRegistrationIntegrationTests {

	/** Tomcat and Jetty name their management contexts alike; no exclusion helps. */
	private static final String TWO_SERVERS = "spring.main.allow-bean-definition-overriding=true";

	@Test
	void aServletApplicationRegistersWithItsManagementPortAndWhatTheUserSays() {
		try (EmbeddedConsul consul = EmbeddedConsul.startOnFreePort();
				ConfigurableApplicationContext application = run(WebApplicationType.SERVLET, consul.port(),
						"management.server.port=0", TWO_SERVERS, "governance.discovery.registration.instance-id=own-id",
						"governance.discovery.zone=z1", "governance.discovery.weight=3")) {
			Instance instance = awaitInstances(application, 1).get(0);
			assertThat(instance.id()).isEqualTo("own-id");
			assertThat(instance.port()).isEqualTo(port(application, "local.server.port"));
			assertThat(instance.metadata()).containsEntry("zone", "z1")
				.containsEntry("weight", "3")
				.containsEntry("management-port", String.valueOf(port(application, "local.management.port")))
				.doesNotContainKey("metrics-path");
		}
	}

	@Test
	void anAgentAsksTheManagementServerByTheTlsThatItHasFromTheServer(@TempDir Path directory) throws Exception {
		try (EmbeddedConsul consul = EmbeddedConsul.startOnFreePort();
				ConfigurableApplicationContext application = run(WebApplicationType.SERVLET, consul.port(),
						"management.server.port=0", TWO_SERVERS, "server.ssl.bundle=web",
						"spring.ssl.bundle.jks.web.keystore.location=" + keys(directory).toUri(),
						"spring.ssl.bundle.jks.web.keystore.password=changeit",
						"governance.discovery.consul.check.kind=http", "governance.discovery.consul.check.interval=1s",
						"governance.discovery.consul.check.tls-skip-verify=true")) {
			assertThat(awaitInstances(application, 1).get(0).metadata()).containsEntry("management-secure", "true");
			ConsulHttp http = new ConsulHttp(URI.create("http://127.0.0.1:" + consul.port()));
			http.await("/v1/agent/checks", (checks) -> checks.toString().contains("200"));
			assertThat(application.getBean(SelfRegistration.class).status().state())
				.isEqualTo(RegistrationState.REGISTERED);
		}
	}

	@Test
	void exposedMetricsAreRegisteredWithTheirPath() {
		try (EmbeddedConsul consul = EmbeddedConsul.startOnFreePort();
				ConfigurableApplicationContext application = run(WebApplicationType.SERVLET, consul.port(),
						"management.endpoints.web.exposure.include=prometheus")) {
			assertThat(awaitInstances(application, 1).get(0).metadata()).containsEntry("metrics-path",
					"/actuator/prometheus");
		}
		try (EmbeddedConsul consul = EmbeddedConsul.startOnFreePort();
				ConfigurableApplicationContext application = run(WebApplicationType.SERVLET, consul.port(),
						"management.endpoints.web.exposure.include=*", "management.server.port=0", TWO_SERVERS,
						"management.server.base-path=/own", "management.endpoints.web.base-path=/",
						"management.endpoints.web.path-mapping.prometheus=metrics")) {
			assertThat(awaitInstances(application, 1).get(0).metadata()).containsEntry("metrics-path", "/own/metrics");
		}
	}

	@Test
	void metricsThatAreNotExposedAreNotRegistered() {
		try (EmbeddedConsul consul = EmbeddedConsul.startOnFreePort();
				ConfigurableApplicationContext application = run(WebApplicationType.SERVLET, consul.port(),
						"management.endpoints.web.exposure.include=*",
						"management.endpoints.web.exposure.exclude=prometheus")) {
			assertThat(awaitInstances(application, 1).get(0).metadata()).doesNotContainKey("metrics-path");
		}
	}

	@Test
	void aReactiveApplicationRegisters() {
		try (EmbeddedConsul consul = EmbeddedConsul.startOnFreePort();
				ConfigurableApplicationContext application = run(WebApplicationType.REACTIVE, consul.port())) {
			assertThat(awaitInstances(application, 1).get(0).port()).isEqualTo(port(application, "local.server.port"));
		}
	}

	@Test
	void anApplicationThatIsNotReadyIsTakenOutAndPutBack() {
		try (EmbeddedConsul consul = EmbeddedConsul.startOnFreePort();
				ConfigurableApplicationContext application = run(WebApplicationType.SERVLET, consul.port())) {
			awaitInstances(application, 1);
			AvailabilityChangeEvent.publish(application, ReadinessState.REFUSING_TRAFFIC);
			awaitInstances(application, 0);
			AvailabilityChangeEvent.publish(application, ReadinessState.ACCEPTING_TRAFFIC);
			awaitInstances(application, 1);
		}
	}

	@Test
	void withoutARegistryTheApplicationStartsWithOneWarning(CapturedOutput output) throws IOException {
		try (ConfigurableApplicationContext application = run(WebApplicationType.SERVLET, freePort())) {
			SelfRegistration registration = application.getBean(SelfRegistration.class);
			Awaitility.await()
				.untilAsserted(() -> assertThat(registration.status().state()).isEqualTo(RegistrationState.AWAY));
			application.getBean(ServiceViews.class).view("some-other");
			Awaitility.await()
				.pollDelay(Duration.ofSeconds(2))
				.untilAsserted(() -> assertThat(registration.status().error()).contains("no answer"));
		}
		assertThat(output.getAll().lines().filter((line) -> line.contains(" WARN "))).singleElement()
			.asString()
			.contains("consul=unreachable");
		assertThat(output.getAll()).doesNotContain("\tat ");
	}

	@Test
	void anApplicationThatIsNotForTheWebSaysAtStartThatItsRegistryIsAway(CapturedOutput output) throws IOException {
		try (ConfigurableApplicationContext application = run(WebApplicationType.NONE, freePort())) {
			Awaitility.await().untilAsserted(() -> assertThat(output.getAll()).contains("consul=unreachable"));
			application.getBean(ServiceViews.class).view("some-other");
		}
		assertThat(output.getAll()).containsOnlyOnce("consul=unreachable");
	}

	@Test
	void failFastEndsTheStartAndSaysWhatToDo(CapturedOutput output) throws IOException {
		int port = freePort();
		assertThatExceptionOfType(RegistrationFailedException.class)
			.isThrownBy(() -> run(WebApplicationType.SERVLET, port, "governance.discovery.registration.fail-fast=true"))
			.withMessageContaining("127.0.0.1:" + port)
			.satisfies((ex) -> assertThat(ex.registry()).isEqualTo("127.0.0.1:" + port));
		assertThat(output.getAll()).contains("APPLICATION FAILED TO START",
				"Start the Consul agent at 127.0.0.1:" + port, "governance.discovery.registration.fail-fast to false");
	}

	@Test
	void failFastIsOverAfterTheFirstRegistration() {
		try (EmbeddedConsul consul = EmbeddedConsul.startOnFreePort();
				ConfigurableApplicationContext application = run(WebApplicationType.SERVLET, consul.port(),
						"governance.discovery.registration.fail-fast=true")) {
			AvailabilityChangeEvent.publish(application, ReadinessState.REFUSING_TRAFFIC);
			consul.close();
			assertThatNoException()
				.isThrownBy(() -> AvailabilityChangeEvent.publish(application, ReadinessState.ACCEPTING_TRAFFIC));
		}
	}

	@Test
	void aListenerOfHeartbeatEventsMayAskForInstances() {
		try (EmbeddedConsul consul = EmbeddedConsul.startOnFreePort();
				ConfigurableApplicationContext application = run(WebApplicationType.SERVLET, consul.port(),
						"governance.discovery.view.first-list-timeout=30s")) {
			DiscoveryClient client = application.getBean(ConsulDiscoveryClient.class);
			CompletableFuture<Integer> found = new CompletableFuture<>();
			application.addApplicationListener((ApplicationEvent event) -> {
				if (event instanceof HeartbeatEvent) {
					found.complete(client.getInstances("unknown").size() + client.getInstances("orders").size());
				}
			});
			client.getServices();
			assertThat(found.orTimeout(10, TimeUnit.SECONDS).join()).isNotNegative();
		}
	}

	@Test
	void withNothingConfiguredItSaysSoOnce(CapturedOutput output) {
		try (ConfigurableApplicationContext application = new SpringApplicationBuilder(Application.class)
			.web(WebApplicationType.SERVLET)
			.properties("server.port=0", "spring.main.banner-mode=off")
			.run()) {
			assertThat(application.getBeanProvider(SelfRegistration.class)).isEmpty();
			assertThat(application.getBean(InstanceSource.class).description()).contains("spring cloud");
		}
		assertThat(output.getAll()).containsOnlyOnce("discovery=inert");
	}

	private static List<Instance> awaitInstances(ConfigurableApplicationContext application, int count) {
		ServiceViews views = application.getBean(ServiceViews.class);
		Awaitility.await().untilAsserted(() -> assertThat(views.view("orders").size()).isEqualTo(count));
		return views.view("orders").instances();
	}

	private static ConfigurableApplicationContext run(WebApplicationType type, int consulPort, String... properties) {
		return new SpringApplicationBuilder(Application.class).web(type)
			.properties("spring.application.name=orders", "server.port=0", "server.address=127.0.0.1",
					"spring.main.banner-mode=off", "governance.discovery.consul.host=127.0.0.1",
					"governance.discovery.consul.port=" + consulPort, "governance.discovery.consul.ttl=3s",
					"governance.discovery.lifecycle.leave-delay=0s", "governance.discovery.lifecycle.late-window=0s")
			.properties(properties)
			.run();
	}

	private static Path keys(Path directory) throws Exception {
		Path file = directory.resolve("keys.p12");
		Process keytool = new ProcessBuilder(System.getProperty("java.home") + "/bin/keytool", "-genkeypair", "-alias",
				"test", "-keyalg", "EC", "-dname", "CN=test", "-ext", "san=ip:127.0.0.1", "-storetype", "PKCS12",
				"-storepass", "changeit", "-keystore", file.toString())
			.redirectErrorStream(true)
			.start();
		assertThat(keytool.waitFor(60, TimeUnit.SECONDS)).isTrue();
		assertThat(keytool.exitValue()).isZero();
		return file;
	}

	private static int port(ConfigurableApplicationContext application, String property) {
		return application.getEnvironment().getRequiredProperty(property, Integer.class);
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0)) {
			return socket.getLocalPort();
		}
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		@Bean
		ReactorResourceFactory reactorResourceFactory() {
			ReactorResourceFactory factory = new ReactorResourceFactory();
			factory.setUseGlobalResources(false);
			factory.setShutdownQuietPeriod(Duration.ZERO);
			return factory;
		}

	}

}
