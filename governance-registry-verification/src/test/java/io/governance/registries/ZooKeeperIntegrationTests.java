// SPDX-License-Identifier: Apache-2.0

package io.governance.registries;

import java.time.Duration;

import io.governance.discovery.ServiceView;
import io.governance.test.Requirement;
import io.governance.test.registry.RealZooKeeper;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.context.ConfigurableApplicationContext;

import static io.governance.registries.Applications.await;
import static io.governance.registries.Applications.awaitInstances;
import static io.governance.registries.Applications.status;
import static io.governance.registries.Applications.versions;
import static io.governance.registries.Applications.view;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Instances out of a real ZooKeeper.
 */
class ZooKeeperIntegrationTests {

	@RegisterExtension
	static final Requirement requirement = RealZooKeeper.requirement();

	private RealZooKeeper zookeeper;

	private Applications applications;

	@BeforeEach
	void start() {
		this.zookeeper = RealZooKeeper.start();
		this.applications = new Applications("spring.cloud.zookeeper.enabled=true",
				"spring.cloud.zookeeper.connect-string=" + this.zookeeper.connectString(),
				"spring.cloud.zookeeper.session-timeout=4s", "spring.cloud.zookeeper.connection-timeout=2s",
				"spring.cloud.zookeeper.max-retries=1", "spring.cloud.zookeeper.discovery.instance-host=127.0.0.1");
	}

	@AfterEach
	void stop() {
		this.applications.close();
		this.zookeeper.close();
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
	}

	@Test
	void aCallerThatRegistersSeesChangesAtOnce() {
		ConfigurableApplicationContext caller = this.applications.inventory("caller",
				"governance.discovery.view.poll-interval=1h", "governance.discovery.view.recovery-time=2s");
		awaitInstances(caller, 1);
		ConfigurableApplicationContext other = inventory("2");
		Awaitility.await().atMost(Duration.ofSeconds(3)).until(() -> view(caller).size() == 2);
		other.close();
		Awaitility.await().atMost(Duration.ofSeconds(3)).until(() -> view(caller).size() == 1);
	}

	@Test
	void anInstanceThatIsOutOfServiceIsNotCalled() {
		ConfigurableApplicationContext first = inventory("1");
		inventory("2");
		ConfigurableApplicationContext caller = this.applications.caller("governance.discovery.view.poll-interval=1s");
		awaitInstances(caller, 2);
		Applications.outOfService(first);
		awaitInstances(caller, 1);
		assertThat(versions(caller, 3)).containsOnly("2");
	}

	@Test
	void theOnlyInstanceOutOfServiceIsNotCalledEither() {
		ConfigurableApplicationContext only = inventory("1");
		ConfigurableApplicationContext caller = this.applications.caller("governance.discovery.view.poll-interval=1s",
				"governance.discovery.view.recovery-time=5m");
		awaitInstances(caller, 1);
		Applications.outOfService(only);
		awaitInstances(caller, 0);
	}

	@Test
	void aZooKeeperThatDiesAndComesBackChangesNothingForCalls() {
		inventory("1");
		ConfigurableApplicationContext caller = this.applications.caller("governance.discovery.view.poll-interval=1s");
		awaitInstances(caller, 1);
		this.zookeeper.kill();
		await(() -> {
			assertThat(status(caller).state()).isEqualTo(ServiceView.State.STALE);
			assertThat(status(caller).age()).isPositive();
		});
		assertThat(versions(caller, 2)).containsOnly("1");
		this.zookeeper.restart();
		await(() -> assertThat(status(caller).state()).isEqualTo(ServiceView.State.LIVE));
		assertThat(versions(caller, 2)).containsOnly("1");
	}

	private ConfigurableApplicationContext inventory(String version) {
		return this.applications.inventory(version, "spring.cloud.zookeeper.discovery.metadata.version=" + version);
	}

}
