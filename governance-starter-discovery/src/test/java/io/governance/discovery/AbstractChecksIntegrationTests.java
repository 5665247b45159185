// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery;

import java.net.URI;

import io.governance.discovery.lifecycle.InstanceLifecycle;
import io.governance.discovery.registration.RegistrationState;
import io.governance.discovery.registration.RegistrationStatus;
import io.governance.test.GrpcHealthServer;
import io.governance.test.consul.ConsulHttp;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.cloud.client.discovery.DiscoveryClient;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Checks that the agent makes, maintenance and environments; the same for each kind of
 * Consul.
 */
abstract class AbstractChecksIntegrationTests {

	private final DiscoveryApplications applications = new DiscoveryApplications();

	/** An agent; what is registered there goes with the applications. */
	abstract int consul();

	@AfterEach
	void stop() {
		this.applications.close();
	}

	@Test
	void anAgentThatAsksByHttpFindsTheReadinessOfTheActuator() {
		ConfigurableApplicationContext inventory = inventory("1", "governance.discovery.consul.check.kind=http",
				"governance.discovery.consul.check.interval=1s");
		ConfigurableApplicationContext caller = caller();
		DiscoveryApplications.awaitVersions(caller, "1");
		awaitOutput(":http", "200");
		Awaitility.await()
			.untilAsserted(() -> assertThat(status(inventory).state()).isEqualTo(RegistrationState.REGISTERED));
	}

	@Test
	void anAgentThatAsksForWhatIsNotThereTakesTheInstanceOutAndItsHealthSaysWhy() {
		ConfigurableApplicationContext inventory = inventory("1", "governance.discovery.consul.check.kind=http",
				"governance.discovery.consul.check.interval=1s", "governance.discovery.consul.check.path=/no/such");
		Awaitility.await()
			.untilAsserted(() -> assertThat(status(inventory).state()).isEqualTo(RegistrationState.UNHEALTHY));
		assertThat(status(inventory).error()).contains("/no/such", "404");
		HealthIndicator health = inventory.getBean("governanceDiscoveryHealthIndicator", HealthIndicator.class);
		assertThat(health.health().getDetails().get("registration")).asString().contains("UNHEALTHY", "404");
	}

	@Test
	void anAgentThatAsksByGrpcFollowsTheHealthOfTheServer() {
		try (GrpcHealthServer grpc = GrpcHealthServer.start()) {
			ConfigurableApplicationContext inventory = inventory("1", "governance.discovery.consul.check.kind=grpc",
					"governance.discovery.consul.check.interval=1s",
					"governance.discovery.consul.check.port=" + grpc.port(),
					"governance.discovery.consul.check.service=shop.Inventory");
			awaitOutput(":grpc", "success");
			grpc.serving(false);
			Awaitility.await()
				.untilAsserted(() -> assertThat(status(inventory).state()).isEqualTo(RegistrationState.UNHEALTHY));
			grpc.serving(true);
			Awaitility.await()
				.untilAsserted(() -> assertThat(status(inventory).state()).isEqualTo(RegistrationState.REGISTERED));
		}
	}

	@Test
	void anInstanceOutOfServiceIsInMaintenanceUntilItIsBackWhoeverAsksForItsHealth() {
		ConfigurableApplicationContext first = inventory("1", "governance.discovery.consul.check.kind=http",
				"governance.discovery.consul.check.interval=1s");
		inventory("2");
		ConfigurableApplicationContext caller = caller();
		DiscoveryApplications.awaitVersions(caller, "1", "2");
		InstanceLifecycle lifecycle = first.getBean(InstanceLifecycle.class);
		lifecycle.takeOut("a new disk");
		DiscoveryApplications.awaitVersions(caller, "2");
		Awaitility.await()
			.untilAsserted(() -> assertThat(status(first).state()).isEqualTo(RegistrationState.MAINTENANCE));
		assertThat(status(first).error()).endsWith("governanceinstance: a new disk");
		assertThat(http().get("/v1/health/checks/inventory").text()).contains("a new disk").doesNotContain(":http");
		lifecycle.putBack();
		DiscoveryApplications.awaitVersions(caller, "1", "2");
		Awaitility.await()
			.untilAsserted(() -> assertThat(status(first).state()).isEqualTo(RegistrationState.REGISTERED));
		assertThat(http().get("/v1/health/checks/inventory").text()).contains(":http");
		assertThat(DiscoveryApplications.registration(first).registrations()).isEqualTo(1);
	}

	@Test
	void maintenanceThatAnOperatorBeganIsSeenAndIsRespectedEvenForTheLastInstance() {
		ConfigurableApplicationContext inventory = inventory("1");
		ConfigurableApplicationContext caller = caller();
		DiscoveryApplications.awaitVersions(caller, "1");
		String id = status(inventory).instanceId();
		http().put("/v1/agent/service/maintenance/" + id + "?enable=true&reason=by%20hand");
		DiscoveryApplications.awaitVersions(caller);
		Awaitility.await()
			.untilAsserted(() -> assertThat(status(inventory).state()).isEqualTo(RegistrationState.MAINTENANCE));
		assertThat(status(inventory).error()).isEqualTo("by hand");
		InstanceLifecycle lifecycle = inventory.getBean(InstanceLifecycle.class);
		lifecycle.takeOut("and by its actuator");
		lifecycle.putBack();
		assertThat(http().get("/v1/health/checks/inventory").text()).contains("by hand");
		http().put("/v1/agent/service/maintenance/" + id + "?enable=false");
		DiscoveryApplications.awaitVersions(caller, "1");
	}

	@Test
	void onlyInstancesOfTheSameEnvironmentAreSeen() {
		String staging = "governance.discovery.environment=staging";
		inventory("1", staging);
		inventory("2", "governance.discovery.environment=production");
		ConfigurableApplicationContext caller = caller(staging);
		DiscoveryApplications.awaitVersions(caller, "1");
		DiscoveryApplications.awaitVersions(caller("governance.discovery.environment=production"), "2");
		DiscoveryApplications.awaitVersions(caller(), "1", "2");
		inventory("3", staging);
		DiscoveryApplications.awaitVersions(caller, "1", "3");
		DiscoveryClient names = caller.getBean(DiscoveryClient.class);
		Awaitility.await().untilAsserted(() -> assertThat(names.getServices()).containsExactly("inventory"));
		assertThat(names.getInstances("inventory"))
			.allSatisfy((instance) -> assertThat(instance.getMetadata()).containsEntry("environment", "staging"));
	}

	private void awaitOutput(String checkId, String output) {
		http().await("/v1/health/checks/inventory", (checks) -> {
			for (var check : checks) {
				if (check.path("CheckID").asString().endsWith(checkId)) {
					return check.path("Output").asString().contains(output)
							|| http().get("/v1/agent/checks").text().contains(output);
				}
			}
			return false;
		});
	}

	private ConfigurableApplicationContext inventory(String version, String... properties) {
		return this.applications.inventory(consul(), version, properties);
	}

	private ConfigurableApplicationContext caller(String... properties) {
		return this.applications.caller(consul(), properties);
	}

	private ConsulHttp http() {
		return new ConsulHttp(URI.create("http://127.0.0.1:" + consul()));
	}

	private static RegistrationStatus status(ConfigurableApplicationContext application) {
		return DiscoveryApplications.registration(application).status();
	}

}
