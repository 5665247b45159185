// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.governance.discovery.registration.RegistrationState;
import io.governance.test.consul.RealConsulCluster;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.web.client.RestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Discovery on a cluster whose servers die.
 */
class ConsulClusterIntegrationTests {

	@RegisterExtension
	static final RealConsulCluster consul = RealConsulCluster.ofThree();

	private final DiscoveryApplications applications = new DiscoveryApplications();

	private final ScheduledExecutorService calls = Executors.newSingleThreadScheduledExecutor();

	private final AtomicInteger answered = new AtomicInteger();

	private final Queue<String> failed = new ConcurrentLinkedQueue<>();

	@AfterEach
	void stop() {
		this.calls.shutdownNow();
		this.applications.close();
	}

	@Test
	void callsRegistrationAndWatchCarryOnWhenTheLeaderIsKilled() {
		int leader = consul.leader();
		List<Integer> followers = consul.followers();
		int here = consul.port(followers.get(0));
		int there = consul.port(followers.get(1));
		ConfigurableApplicationContext first = inventory(here, "1");
		ConfigurableApplicationContext second = inventory(there, "2");
		ConfigurableApplicationContext caller = this.applications.caller(there);
		DiscoveryApplications.awaitVersions(caller, "1", "2");
		call(DiscoveryApplications.client(caller));
		consul.kill(leader);
		// while nobody leads, a list can only be kept and a registration only be promised
		inventory(here, "3");
		assertThat(consul.leader()).isNotEqualTo(leader);
		DiscoveryApplications.awaitVersions(caller, "1", "2", "3");
		first.close();
		DiscoveryApplications.awaitVersions(caller, "2", "3");
		consul.start(leader);
		inventory(consul.port(leader), "4");
		DiscoveryApplications.awaitVersions(caller, "2", "3", "4");
		int before = this.answered.get();
		Awaitility.await().atMost(Duration.ofSeconds(5)).until(() -> this.answered.get() > before + 100);
		assertThat(this.failed).isEmpty();
		assertThat(DiscoveryApplications.registration(second).status().state()).isEqualTo(RegistrationState.REGISTERED);
		assertThat(DiscoveryApplications.registration(second).registrations()).isEqualTo(1);
	}

	private ConfigurableApplicationContext inventory(int port, String version) {
		return this.applications.inventory(port, version, "governance.discovery.lifecycle.leave-delay=2s");
	}

	/** A hundred calls a second, one after the other. */
	private void call(RestClient client) {
		this.calls.scheduleAtFixedRate(() -> {
			try {
				client.get().uri("http://inventory/version").retrieve().body(String.class);
				this.answered.incrementAndGet();
			}
			catch (RuntimeException ex) {
				this.failed.add(ex.toString());
			}
		}, 0, 10, TimeUnit.MILLISECONDS);
	}

}
