// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.governance.discovery.consul.ConsulAccess;
import io.governance.discovery.consul.ConsulAddress;
import io.governance.discovery.consul.ConsulClient;
import io.governance.discovery.consul.ConsulInstanceSource;
import io.governance.discovery.consul.ConsulReachability;
import io.governance.discovery.consul.ConsulRegistry;
import io.governance.discovery.consul.ConsulToken;
import io.governance.discovery.consul.WatchSettings;
import io.governance.discovery.registration.ServiceDefinition;
import io.governance.discovery.registration.InstanceRegistry.Standing;
import io.governance.test.consul.RealConsul;
import io.governance.time.TimeSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Three hundred services followed by one process, at a real agent, which cuts the 201st
 * connection of a host.
 */
class ManyServicesIntegrationTests {

	private static final int SERVICES = 300;

	/** 32 that wait, 8 that ask, and what is being closed at the moment. */
	private static final int MOST_CONNECTIONS = 48;

	private static final Duration WAIT = Duration.ofSeconds(2);

	@RegisterExtension
	static final RealConsul consul = RealConsul.agent();

	private final ScheduledExecutorService watching = Executors.newSingleThreadScheduledExecutor();

	private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();

	private final ScheduledExecutorService beating = Executors.newSingleThreadScheduledExecutor();

	private final Queue<String> missed = new ConcurrentLinkedQueue<>();

	private final AtomicInteger beats = new AtomicInteger();

	private CountingRelay relay;

	private ServiceViews views;

	@BeforeEach
	void start() throws Exception {
		this.relay = new CountingRelay(consul.port());
		for (int number = 0; number < SERVICES; number++) {
			register(service(number), 8080);
		}
		ConsulAddress address = new ConsulAddress("http", "127.0.0.1", this.relay.port());
		ConsulClient client = new ConsulClient(ConsulAccess.of(address, ConsulToken.NONE),
				new ConsulReachability(address), this.watching);
		this.views = new ServiceViews(
				new ConsulInstanceSource(client, this.watching, WatchSettings.of(WAIT), TimeSource.system()),
				ViewSettings.defaults(), Selections.withoutRules(), AttemptCounters.NONE, TimeSource.system(),
				this.timer);
	}

	@AfterEach
	void stop() {
		this.watching.shutdownNow();
		this.timer.shutdownNow();
		this.beating.shutdownNow();
		this.relay.close();
	}

	@Test
	void allAreSeenAndEachChangeAndOtherProcessesOfTheHostAreNotDisturbed() {
		beat();
		for (int number = 0; number < SERVICES; number++) {
			this.views.viewAsync(service(number));
		}
		Awaitility.await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(behind(8080)).isEmpty());
		for (int number = 0; number < SERVICES; number++) {
			register(service(number), 9090);
		}
		Awaitility.await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(behind(9090)).isEmpty());
		// long enough for places to change hands
		int before = this.beats.get();
		Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> this.beats.get() > before + 50);
		assertThat(this.relay.most()).isBetween(33, MOST_CONNECTIONS);
		assertThat(this.missed).isEmpty();
	}

	private List<String> behind(int port) {
		List<String> behind = new ArrayList<>();
		for (int number = 0; number < SERVICES; number++) {
			List<Instance> instances = this.views.viewAsync(service(number)).join().instances();
			if (instances.size() != 1 || instances.get(0).port() != port) {
				behind.add(service(number));
			}
		}
		return behind;
	}

	/** Another process of this host: its agent must go on hearing from it. */
	private void beat() {
		ConsulAddress address = new ConsulAddress("http", "127.0.0.1", consul.port());
		ConsulRegistry registry = new ConsulRegistry(new ConsulClient(ConsulAccess.of(address, ConsulToken.NONE),
				new ConsulReachability(address), Runnable::run), Duration.ofSeconds(2));
		ServiceDefinition other = new ServiceDefinition("other-1", "other", "127.0.0.1", 8080, List.of(), Map.of(),
				new ServiceDefinition.Check.Ttl(Duration.ofSeconds(3), Duration.ofMinutes(1)));
		assertThat(registry.confirm(other, null)).isEqualTo(Standing.registered(true));
		this.beating.scheduleWithFixedDelay(() -> {
			try {
				assertThat(registry.confirm(other, null)).isEqualTo(Standing.registered(false));
				this.beats.incrementAndGet();
			}
			catch (RuntimeException | AssertionError ex) {
				this.missed.add(ex.toString());
			}
		}, 0, 100, TimeUnit.MILLISECONDS);
	}

	private static void register(String service, int port) {
		assertThat(consul.http()
			.put("/v1/agent/service/register",
					"""
							{"ID": "%s-1", "Name": "%s", "Address": "127.0.0.1", "Port": %d}""".formatted(service,
							service, port))
			.status()).isEqualTo(200);
	}

	private static String service(int number) {
		return "service-" + number;
	}

}
