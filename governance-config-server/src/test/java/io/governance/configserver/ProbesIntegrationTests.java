// SPDX-License-Identifier: Apache-2.0

package io.governance.configserver;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import io.governance.discovery.ServiceViews;
import io.governance.embeddedconsul.EmbeddedConsul;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.cloud.client.discovery.DiscoveryClient;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;

import static io.governance.configserver.RunningClient.within;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Liveness, readiness and the aggregate health of a service follow the service: what it
 * shares with others comes and goes without a trace in them, and is seen in the details.
 */
class ProbesIntegrationTests {

	private static final Duration SOON = Duration.ofSeconds(15);

	private static final List<String> PROBES = List.of("/actuator/health/liveness", "/actuator/health/readiness",
			"/actuator/health");

	private final HttpClient http = HttpClient.newHttpClient();

	private final JsonMapper json = JsonMapper.builder().build();

	/** What the probes answered, apart from "200". */
	private final Set<String> trouble = ConcurrentHashMap.newKeySet();

	private final ScheduledExecutorService prober = Executors.newSingleThreadScheduledExecutor();

	@TempDir
	Path directory;

	@TempDir
	Path cache;

	private EmbeddedConsul consul;

	private RunningServer server;

	private ConfigurableApplicationContext service;

	@BeforeEach
	void start() {
		this.consul = EmbeddedConsul.startOnFreePort();
		this.server = RunningServer.on(0, this.directory);
		this.service = new SpringApplicationBuilder(Service.class).web(WebApplicationType.SERVLET)
			.run("--spring.application.name=orders", "--spring.config.name=client", "--server.port=0",
					"--server.address=127.0.0.1",
					"--spring.config.import=optional:configserver:" + this.server.address(),
					"--spring.cloud.config.enabled=true", "--spring.cloud.refresh.enabled=true",
					"--governance.config.last-known-good.directory=" + this.cache,
					"--governance.config.watch.max-backoff=200ms", "--governance.discovery.lifecycle.leave-delay=0s",
					"--governance.discovery.consul.host=127.0.0.1", "--governance.discovery.consul.ttl=1s",
					"--governance.discovery.consul.port=" + this.consul.port(),
					"--management.endpoint.health.show-details=always",
					"--management.endpoints.web.exposure.include=health,prometheus");
		within(SOON).until(() -> "REGISTERED".equals(registration().get("state").asString()));
		this.service.getBean(ServiceViews.class).view("inventory");
	}

	@AfterEach
	void stop() {
		this.prober.shutdownNow();
		this.service.close();
		this.server.close();
		this.consul.close();
	}

	@Test
	void stayUpWhileRegistryConfigServerAndRulesAreBadAndWhenTheyComeBack() throws Exception {
		this.prober.scheduleWithFixedDelay(this::probe, 0, 20, TimeUnit.MILLISECONDS);
		this.server.write("orders.yml", "governance.rules.rate-limit.mine.limit: -5\n");
		within(SOON).untilAsserted(
				() -> assertThat(details("governanceRules").toString()).contains("-5", "\"reason\"", "\"since\""));
		assertThat(meter("governance_rules_stale")).isEqualTo(1);
		this.consul.stop();
		this.server.close();
		within(SOON).untilAsserted(() -> {
			assertThat(registration().toString()).contains("AWAY", "the registry does not answer", "\"since\"");
			assertThat(details("governanceDiscovery").get("services").toString()).contains("inventory", "STALE");
			assertThat(details("governanceConfig").toString())
				.contains("\"reason\":\"the config server does not answer", "\"since\"", "confirmedSecondsAgo");
			assertThat(meter("governance_discovery_registration_lost")).isEqualTo(1);
			assertThat(meter("governance_discovery_list_age_seconds")).isPositive();
			assertThat(meter("governance_config_age_seconds")).isPositive();
		});
		// Spring Cloud's own indicators would ask these
		assertThat(this.service.getBeansOfType(DiscoveryClient.class)).isNotEmpty();
		assertThat(health().get("components").propertyNames()).doesNotContain("discoveryComposite",
				"reactiveDiscoveryClients", "configServer", "clientConfigServer", "refreshScope", "consul");
		this.consul.start();
		this.server.start();
		this.server.write("orders.yml", "governance.rules.rate-limit.mine.limit: 5\n");
		within(SOON).untilAsserted(() -> {
			assertThat(registration().get("state").asString()).isEqualTo("REGISTERED");
			assertThat(details("governanceRules").has("reason")).isFalse();
			assertThat(details("governanceConfig").has("reason")).isFalse();
			assertThat(meter("governance_discovery_registration_lost")).isZero();
			assertThat(meter("governance_discovery_list_age_seconds")).isZero();
			assertThat(meter("governance_config_age_seconds")).isZero();
			assertThat(meter("governance_rules_stale")).isZero();
		});
		assertThat(this.trouble).isEmpty();
	}

	@Test
	void followThisInstanceAndItsOwnIndicators() throws Exception {
		AvailabilityChangeEvent.publish(this.service, ReadinessState.REFUSING_TRAFFIC);
		assertThat(status("/actuator/health/readiness")).isEqualTo(503);
		assertThat(status("/actuator/health/liveness")).isEqualTo(200);
		AvailabilityChangeEvent.publish(this.service, ReadinessState.ACCEPTING_TRAFFIC);
		assertThat(status("/actuator/health/readiness")).isEqualTo(200);
		this.service.getBean(OwnIndicator.class).down = true;
		assertThat(status("/actuator/health")).isEqualTo(503);
		assertThat(status("/actuator/health/readiness")).isEqualTo(200);
	}

	private void probe() {
		for (String path : PROBES) {
			try {
				int status = status(path);
				if (status != 200) {
					this.trouble.add(path + " " + status);
				}
			}
			catch (Exception ex) {
				this.trouble.add(path + " " + ex);
			}
		}
	}

	private int status(String path) throws Exception {
		return this.http.send(request(path), BodyHandlers.discarding()).statusCode();
	}

	private HttpRequest request(String path) {
		String port = this.service.getEnvironment().getRequiredProperty("local.server.port");
		return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build();
	}

	private JsonNode health() throws Exception {
		return this.json.readTree(this.http.send(request("/actuator/health"), BodyHandlers.ofString()).body());
	}

	private JsonNode details(String component) throws Exception {
		return health().get("components").get(component).get("details");
	}

	private JsonNode registration() throws Exception {
		return details("governanceDiscovery").get("registration");
	}

	private double meter(String name) throws Exception {
		return this.http.send(request("/actuator/prometheus"), BodyHandlers.ofString())
			.body()
			.lines()
			.filter((line) -> line.startsWith(name + " ") || line.startsWith(name + "{"))
			.mapToDouble((line) -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
			.findFirst()
			.orElseThrow(() -> new AssertionError(Map.of("no meter", name)));
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Service {

		@Bean
		OwnIndicator ownHealthIndicator() {
			return new OwnIndicator();
		}

	}

	static final class OwnIndicator implements HealthIndicator {

		private volatile boolean down;

		@Override
		public Health health() {
			return this.down ? Health.down().build() : Health.up().build();
		}

	}

}
