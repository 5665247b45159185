// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery;

import java.time.Duration;
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
 * Discovery on a cluster whose servers die. The long form, {@code -Dconsul.leaders=3},
 * has several leaders die, one after the other.
 */
class ConsulClusterIntegrationTests {

	private static final int LEADERS = Integer.getInteger("consul.leaders", 1);

	private static final int PER_SECOND = 100;

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
		int there = consul.followers().get(1);
		ConfigurableApplicationContext lasting = inventory(there, "lasting");
		ConfigurableApplicationContext caller = this.applications.caller(consul.port(there));
		DiscoveryApplications.awaitVersions(caller, "lasting");
		call(DiscoveryApplications.client(caller));
		for (int round = 1; round <= LEADERS; round++) {
			killTheLeader(caller, there, "round-" + round);
		}
		int before = this.answered.get();
		Awaitility.await().atMost(Duration.ofSeconds(5)).until(() -> this.answered.get() > before + PER_SECOND);
		assertThat(this.failed).isEmpty();
		assertThat(DiscoveryApplications.registration(lasting).status().state())
			.isEqualTo(RegistrationState.REGISTERED);
	}

	private void killTheLeader(ConfigurableApplicationContext caller, int there, String round) {
		int leader = consul.leader();
		int here = consul.followers().stream().filter((server) -> server != there).findFirst().orElseThrow();
		ConfigurableApplicationContext before = inventory(here, round + "-before");
		DiscoveryApplications.awaitVersions(caller, "lasting", round + "-before");
		consul.kill(leader);
		// while nobody leads, a list can only be kept and a registration only be promised
		ConfigurableApplicationContext during = inventory(here, round + "-during");
		assertThat(consul.leader()).isNotEqualTo(leader);
		if (leader == there) {
			// the caller's own agent is away: its list stays as it was
			consul.start(leader);
		}
		DiscoveryApplications.awaitVersions(caller, "lasting", round + "-before", round + "-during");
		before.close();
		DiscoveryApplications.awaitVersions(caller, "lasting", round + "-during");
		if (leader != there) {
			consul.start(leader);
		}
		ConfigurableApplicationContext after = inventory(leader, round + "-after");
		DiscoveryApplications.awaitVersions(caller, "lasting", round + "-during", round + "-after");
		during.close();
		after.close();
		DiscoveryApplications.awaitVersions(caller, "lasting");
	}

	private ConfigurableApplicationContext inventory(int server, String version) {
		return this.applications.inventory(consul.port(server), version,
				"governance.discovery.lifecycle.leave-delay=2s");
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
		}, 0, 1000 / PER_SECOND, TimeUnit.MILLISECONDS);
	}

}
