// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.governance.discovery.consul.ConsulAccess;
import io.governance.discovery.consul.ConsulAddress;
import io.governance.discovery.consul.ConsulClient;
import io.governance.discovery.consul.ConsulReachability;
import io.governance.discovery.consul.ConsulRegistry;
import io.governance.discovery.consul.ConsulToken;
import io.governance.discovery.lifecycle.InstanceLifecycle;
import io.governance.discovery.lifecycle.InstanceState;
import io.governance.discovery.registration.RegistrationState;
import io.governance.discovery.registration.ServiceDefinition;
import io.governance.policy.CallRejectedException;
import io.governance.test.consul.ConsulHttp;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.cloud.client.discovery.DiscoveryClient;
import org.springframework.cloud.client.discovery.ReactiveDiscoveryClient;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.web.client.RestClient;

import static io.governance.discovery.DiscoveryApplications.registration;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What the discovery starter does with a running Consul; the same for each kind of
 * Consul.
 */
abstract class AbstractDiscoveryIntegrationTests {

	private final DiscoveryApplications applications = new DiscoveryApplications();

	private TestConsul consul;

	abstract TestConsul startConsul() throws Exception;

	@BeforeEach
	void start() throws Exception {
		this.consul = startConsul();
	}

	@AfterEach
	void stop() {
		this.applications.close();
		this.consul.close();
	}

	@Test
	void callsGoToEachInstance() {
		inventory("1");
		inventory("2");
		RestClient client = caller().getBean(RestClient.Builder.class).build();
		Awaitility.await()
			.untilAsserted(() -> assertThat(versions(client, 20)).contains("1", "2").containsOnly("1", "2"));
	}

	@Test
	void metadataAndNamesAreSeenThroughSpringCloudsInterfaces() {
		inventory("1");
		ConfigurableApplicationContext caller = caller();
		DiscoveryClient client = caller.getBean(DiscoveryClient.class);
		Awaitility.await().untilAsserted(() -> assertThat(client.getServices()).contains("inventory"));
		assertThat(client.getInstances("inventory")).singleElement().satisfies((instance) -> {
			assertThat(instance.getMetadata()).containsEntry("version", "1")
				.containsEntry("gateway.expose", "true")
				.containsKey("start-time");
			assertThat(instance.getInstanceId()).isEqualTo("inventory-127.0.0.1-" + instance.getPort());
		});
		assertThat(
				caller.getBean(ReactiveDiscoveryClient.class).getServices().collectList().block(Duration.ofSeconds(5)))
			.contains("inventory");
	}

	@Test
	void anInstanceThatStopsLeavesTheListBeforeItsServerCloses() {
		ConfigurableApplicationContext first = inventory("1", "3s");
		inventory("2");
		ConfigurableApplicationContext caller = caller();
		RestClient client = caller.getBean(RestClient.Builder.class).build();
		awaitInstances(caller, 2);
		Thread stopping = new Thread(first::close);
		stopping.start();
		awaitInstances(caller, 1);
		assertThat(stopping.isAlive()).as("still serving during leave-delay").isTrue();
		assertThat(versions(client, 3)).containsOnly("2");
		Awaitility.await().until(() -> !stopping.isAlive());
	}

	@Test
	void anInstanceThatAnOperatorTakesOutServesOnAndComesBackAsOneThatHasJustStarted() {
		ConfigurableApplicationContext first = inventory("1");
		inventory("2");
		ConfigurableApplicationContext caller = caller();
		RestClient client = caller.getBean(RestClient.Builder.class).build();
		awaitInstances(caller, 2);
		long started = startTime(caller, "1");
		InstanceLifecycle lifecycle = first.getBean(InstanceLifecycle.class);
		lifecycle.takeOut("a look at it");
		awaitInstances(caller, 1);
		assertThat(versions(client, 3)).containsOnly("2");
		Awaitility.await().until(() -> lifecycle.status().state() == InstanceState.OUT_OF_SERVICE);
		assertThat(RestClient.create()
			.get()
			.uri("http://127.0.0.1:" + first.getEnvironment().getProperty("local.server.port") + "/version")
			.retrieve()
			.body(String.class)).isEqualTo("1");
		lifecycle.putBack();
		awaitInstances(caller, 2);
		assertThat(startTime(caller, "1")).isGreaterThan(started);
	}

	@Test
	void anInstanceOutOfServiceStaysOutWhereTheAgentComesBackEmptyAndLeavesItWhenItStops() {
		ConfigurableApplicationContext first = inventory("1");
		inventory("2");
		ConfigurableApplicationContext caller = caller();
		awaitInstances(caller, 2);
		first.getBean(InstanceLifecycle.class).takeOut("a look at it");
		awaitInstances(caller, 1);
		String id = registration(first).status().instanceId();
		assertMaintenance(id);
		this.consul.stop();
		Awaitility.await().until(() -> registration(first).status().state() == RegistrationState.AWAY);
		this.consul.start();
		Awaitility.await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
			assertThat(registration(first).registrations()).isEqualTo(2);
			assertThat(registration(first).status().state()).isEqualTo(RegistrationState.MAINTENANCE);
			assertThat(status(caller).state()).isEqualTo(ServiceView.State.LIVE);
			assertThat(status(caller).instances()).isEqualTo(1);
		});
		assertMaintenance(id);
		first.close();
		assertThat(http().get("/v1/agent/services").text()).doesNotContain(id);
	}

	private void assertMaintenance(String id) {
		String checks = http().get("/v1/agent/checks").text();
		assertThat(checks).contains("_service_maintenance:" + id, "governanceinstance: a look at it");
	}

	private static long startTime(ConfigurableApplicationContext caller, String version) {
		return caller.getBean(ServiceViews.class)
			.view("inventory")
			.instances()
			.stream()
			.filter((instance) -> version.equals(instance.metadata().get("version")))
			.map((instance) -> Long.valueOf(instance.metadata().get("start-time")))
			.findAny()
			.orElseThrow();
	}

	@Test
	void anAgentThatComesBackEmptyGetsEveryInstanceAgainAndCallsGoOn() {
		ConfigurableApplicationContext first = inventory("1");
		ConfigurableApplicationContext second = inventory("2");
		ConfigurableApplicationContext caller = caller();
		RestClient client = caller.getBean(RestClient.Builder.class).build();
		awaitInstances(caller, 2);
		DiscoveryClient names = caller.getBean(DiscoveryClient.class);
		Awaitility.await().untilAsserted(() -> assertThat(names.getServices()).contains("inventory"));
		this.consul.stop();
		Awaitility.await().untilAsserted(() -> {
			assertThat(versions(client, 2)).containsExactlyInAnyOrder("1", "2");
			assertThat(registration(first).status().state()).isEqualTo(RegistrationState.AWAY);
			assertThat(status(caller).state()).isEqualTo(ServiceView.State.STALE);
			assertThat(status(caller).age()).isPositive();
			assertThat(names.getServices()).contains("inventory");
		});
		this.consul.start();
		Awaitility.await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
			assertThat(versions(client, 2)).containsExactlyInAnyOrder("1", "2");
			assertThat(registration(first).registrations()).isEqualTo(2);
			assertThat(registration(second).registrations()).isEqualTo(2);
			assertThat(status(caller).state()).isEqualTo(ServiceView.State.LIVE);
		});
	}

	@Test
	void anAgentThatComesLateIsFoundByBothSides() {
		this.consul.stop();
		ConfigurableApplicationContext provider = inventory("1");
		ConfigurableApplicationContext caller = caller();
		RestClient client = caller.getBean(RestClient.Builder.class).build();
		assertThatExceptionOfType(CallRejectedException.class).isThrownBy(() -> versions(client, 1))
			.satisfies((ex) -> assertThat(ex.rejection().reason().name()).isEqualTo("no-instance"));
		assertThat(registration(provider).status().state()).isEqualTo(RegistrationState.AWAY);
		this.consul.start();
		Awaitility.await().ignoreExceptions().untilAsserted(() -> assertThat(versions(client, 1)).containsExactly("1"));
	}

	@Test
	void anInstanceWithoutHeartbeatLeavesTheListAfterItsTimeToLive() {
		inventory("1");
		ConfigurableApplicationContext caller = caller();
		dead("inventory-dead", Duration.ofSeconds(2));
		awaitInstances(caller, 2);
		awaitInstances(caller, 1);
		assertThat(versions(caller.getBean(RestClient.Builder.class).build(), 3)).containsOnly("1");
	}

	@Test
	void theLastHealthyInstancesStayWhenAllTurnUnhealthy() {
		ConfigurableApplicationContext caller = caller();
		dead("inventory-first", Duration.ofSeconds(2));
		dead("inventory-last", Duration.ofSeconds(5));
		awaitInstances(caller, 2);
		awaitInstances(caller, 1);
		Awaitility.await()
			.untilAsserted(() -> assertThat(status(caller).state()).isEqualTo(ServiceView.State.ALL_UNHEALTHY));
		assertThat(status(caller).instances()).isEqualTo(2);
	}

	@Test
	void anInstanceThatSomeoneRemovesComesBackByItself() {
		ConfigurableApplicationContext provider = inventory("1");
		Awaitility.await().until(() -> registration(provider).registrations() == 1);
		http().put("/v1/agent/service/deregister/" + registration(provider).status().instanceId());
		Awaitility.await().until(() -> registration(provider).registrations() == 2);
		awaitInstances(caller(), 1);
	}

	private ConfigurableApplicationContext inventory(String version) {
		return inventory(version, "200ms");
	}

	private ConfigurableApplicationContext inventory(String version, String leaveDelay) {
		return this.applications.inventory(this.consul.port(), version,
				"governance.discovery.metadata.gateway.expose=true",
				"governance.discovery.lifecycle.leave-delay=" + leaveDelay);
	}

	private ConfigurableApplicationContext caller() {
		return this.applications.caller(this.consul.port(),
				"governance.rules.load-balancing.turns.algorithm=round-robin");
	}

	private void dead(String id, Duration ttl) {
		ConsulAddress address = new ConsulAddress("http", "127.0.0.1", this.consul.port());
		ConsulClient client = new ConsulClient(ConsulAccess.of(address, ConsulToken.NONE),
				new ConsulReachability(address), Runnable::run);
		new ConsulRegistry(client, Duration.ofSeconds(5)).confirm(new ServiceDefinition(id, "inventory", "127.0.0.1", 1,
				List.of(), Map.of(), new ServiceDefinition.Check.Ttl(ttl, Duration.ofMinutes(1))), null);
	}

	private ConsulHttp http() {
		return new ConsulHttp(URI.create("http://127.0.0.1:" + this.consul.port()));
	}

	private static void awaitInstances(ConfigurableApplicationContext caller, int count) {
		ServiceViews views = caller.getBean(ServiceViews.class);
		Awaitility.await().untilAsserted(() -> assertThat(views.view("inventory").size()).isEqualTo(count));
	}

	private static ServiceStatus status(ConfigurableApplicationContext caller) {
		return caller.getBean(ServiceViews.class).status().get(0);
	}

	private static List<String> versions(RestClient client, int calls) {
		List<String> versions = new ArrayList<>();
		for (int i = 0; i < calls; i++) {
			versions.add(client.get().uri("http://inventory/version").retrieve().body(String.class));
		}
		return versions;
	}

}
