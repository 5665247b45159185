// SPDX-License-Identifier: Apache-2.0

package io.governance.registries;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.governance.discovery.ServiceView;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.context.ConfigurableApplicationContext;

import static io.governance.registries.Applications.await;
import static io.governance.registries.Applications.awaitInstances;
import static io.governance.registries.Applications.status;
import static io.governance.registries.Applications.versions;
import static io.governance.registries.Applications.view;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Instances out of a real Eureka, whose client fetches the registry each second here.
 */
class EurekaIntegrationTests {

	private EurekaServer eureka;

	private Applications applications;

	@BeforeEach
	void start() {
		this.eureka = EurekaServer.start();
		this.applications = new Applications("eureka.client.enabled=true", "eureka.client.jersey.enabled=false",
				"eureka.client.service-url.defaultZone=" + this.eureka.url(),
				"eureka.client.registry-fetch-interval-seconds=1",
				"eureka.client.instance-info-replication-interval-seconds=1",
				"eureka.client.initial-instance-info-replication-interval-seconds=0",
				"eureka.instance.lease-renewal-interval-in-seconds=1",
				"eureka.instance.lease-expiration-duration-in-seconds=3", "eureka.instance.prefer-ip-address=true",
				"eureka.instance.ip-address=127.0.0.1");
	}

	@AfterEach
	void stop() {
		this.applications.close();
		this.eureka.close();
	}

	@Test
	void callsGoToEachInstanceWithWhatItSaysAboutItself() {
		inventory("1");
		inventory("2");
		ConfigurableApplicationContext caller = this.applications.caller();
		awaitInstances(caller, 2);
		assertThat(versions(caller, 4)).containsExactlyInAnyOrder("1", "2", "1", "2");
		assertThat(view(caller).instances()).extracting((instance) -> instance.metadata().get("version"))
			.containsExactlyInAnyOrder("1", "2");
		assertThat(view(caller).instances()).allSatisfy(
				(instance) -> assertThat(instance.metadata()).containsEntry("zone", "a").containsEntry("lane", "base"));
	}

	@Test
	void onlyInstancesOfTheSameEnvironmentAreCalled() {
		inventory("1", "eureka.instance.metadata-map.environment=staging");
		inventory("2", "eureka.instance.metadata-map.environment=production");
		inventory("3");
		awaitInstances(this.applications.caller(), 3);
		ConfigurableApplicationContext staging = this.applications.caller("governance.discovery.environment=staging");
		awaitInstances(staging, 1);
		assertThat(versions(staging, 3)).containsOnly("1");
	}

	@Test
	void whatTheClientFetchedIsCalledAtOnce() {
		ConfigurableApplicationContext caller = this.applications.caller("governance.discovery.view.poll-interval=1h");
		assertThat(view(caller).size()).isZero();
		inventory("1");
		Awaitility.await().atMost(Duration.ofSeconds(8)).until(() -> view(caller).size() == 1);
	}

	@Test
	void anInstanceThatIsNotUpIsNotCalled() {
		ConfigurableApplicationContext first = inventory("1");
		inventory("2");
		ConfigurableApplicationContext caller = this.applications.caller();
		awaitInstances(caller, 2);
		Applications.outOfService(first);
		awaitInstances(caller, 1);
		assertThat(versions(caller, 3)).containsOnly("2");
	}

	@Test
	void anEurekaThatDiesAndComesBackEmptyChangesNothingForCalls() {
		inventory("1");
		ConfigurableApplicationContext caller = this.applications.caller();
		awaitInstances(caller, 1);
		this.eureka.kill();
		await(() -> {
			assertThat(status(caller).state()).isEqualTo(ServiceView.State.STALE);
			assertThat(status(caller).error()).startsWith("eureka: no answer for");
			assertThat(status(caller).age()).isPositive();
		});
		assertThat(versions(caller, 2)).containsOnly("1");
		this.eureka.restart();
		await(() -> {
			assertThat(versions(caller, 1)).containsOnly("1");
			assertThat(status(caller).state()).isEqualTo(ServiceView.State.LIVE);
			assertThat(view(caller).size()).isEqualTo(1);
		});
	}

	@Test
	void anEurekaThatComesLateIsNoEmptyList() {
		this.eureka.kill();
		ConfigurableApplicationContext caller = this.applications.caller();
		assertThat(view(caller).state()).isEqualTo(ServiceView.State.UNKNOWN);
		assertThat(status(caller).error()).isEqualTo("eureka: no answer yet");
		this.eureka.restart();
		inventory("1");
		awaitInstances(caller, 1);
	}

	private ConfigurableApplicationContext inventory(String version, String... properties) {
		List<String> all = new ArrayList<>(
				List.of("eureka.instance.metadata-map.version=" + version, "eureka.instance.metadata-map.zone=a",
						"eureka.instance.metadata-map.lane=base", "eureka.instance.instance-id=inventory-" + version));
		all.addAll(List.of(properties));
		return this.applications.inventory(version, all.toArray(String[]::new));
	}

}
