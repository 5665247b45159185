// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.dns;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.IntStream;

import io.governance.discovery.AttemptCounters;
import io.governance.discovery.Instance;
import io.governance.discovery.ServiceStatus;
import io.governance.discovery.ServiceView;
import io.governance.discovery.Selections;
import io.governance.discovery.ServiceViews;
import io.governance.discovery.ViewSettings;
import io.governance.test.consul.RealConsul;
import io.governance.time.TimeSource;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Instances out of the DNS interface of a real Consul. What Consul says lives for no
 * time, so it is asked each second.
 */
class DnsConsulIntegrationTests {

	@RegisterExtension
	static final RealConsul consul = RealConsul.agent();

	private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();

	private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();

	@AfterEach
	void stop() {
		this.scheduler.shutdownNow();
		this.timer.shutdownNow();
	}

	@Test
	void servicesHaveAddressesPortsAndWeights() {
		register("weighted", 1, "10.0.0.1", 8081, "passing");
		register("weighted", 2, "10.0.0.2", 8082, "passing");
		register("weighted", 3, "10.0.0.3", 8083, "critical");
		ServiceViews views = views(DnsRecords.SRV, 0);
		await(() -> assertThat(views.view("weighted").instances()).extracting(Instance::address)
			.containsExactly("10.0.0.1:8081", "10.0.0.2:8082"));
		assertThat(views.view("weighted").instances()).first().satisfies((instance) -> {
			assertThat(instance.id()).isEqualTo("weighted-10.0.0.1-8081");
			assertThat(instance.metadata()).containsEntry("weight", "1").containsEntry("lane", "blue");
			assertThat(instance.secure()).isTrue();
		});
	}

	@Test
	void addressesHaveTheConfiguredPort() {
		register("plain", 1, "10.0.0.1", 8081, "passing");
		register("plain", 2, "fd00::2", 8082, "passing");
		ServiceViews four = views(DnsRecords.A, 9000);
		await(() -> assertThat(four.view("plain").instances()).extracting(Instance::address)
			.containsExactly("10.0.0.1:9000"));
		ServiceViews six = views(DnsRecords.AAAA, 9000);
		await(() -> assertThat(six.view("plain").instances()).extracting(Instance::address)
			.containsExactly("[fd00:0:0:0:0:0:0:2]:9000"));
	}

	@Test
	void manyInstancesAreAllListedEachTime() {
		IntStream.rangeClosed(1, 60).forEach((number) -> register("many", number, "10.0.1." + number, 80, "passing"));
		ServiceViews views = views(DnsRecords.SRV, 0);
		await(() -> assertThat(views.view("many").size()).isEqualTo(60));
		Awaitility.await()
			.during(Duration.ofSeconds(3))
			.atMost(Duration.ofSeconds(5))
			.until(() -> views.view("many").size() == 60);
	}

	@Test
	void aChangeIsSeenWithinTheTimeToLive() {
		register("changing", 1, "10.0.0.1", 80, "passing");
		ServiceViews views = views(DnsRecords.SRV, 0);
		await(() -> assertThat(views.view("changing").size()).isEqualTo(1));
		register("changing", 2, "10.0.0.2", 80, "passing");
		Awaitility.await().atMost(Duration.ofSeconds(3)).until(() -> views.view("changing").size() == 2);
		check("changing", 1, "fail");
		Awaitility.await()
			.atMost(Duration.ofSeconds(3))
			.untilAsserted(() -> assertThat(views.view("changing").instances()).extracting(Instance::host)
				.containsExactly("10.0.0.2"));
	}

	@Test
	void aNameThatIsGoneIsNoEmptyList() {
		register("gone", 1, "10.0.0.1", 80, "passing");
		ServiceViews views = views(DnsRecords.SRV, 0);
		await(() -> assertThat(views.view("gone").size()).isEqualTo(1));
		check("gone", 1, "fail");
		await(() -> assertThat(views.status("gone")).extracting(ServiceStatus::state, ServiceStatus::error)
			.containsExactly(ServiceView.State.STALE, "gone.service.consul SRV: NXDOMAIN"));
		assertThat(views.view("gone").size()).isEqualTo(1);
		check("gone", 1, "pass");
		await(() -> assertThat(views.view("gone").state()).isEqualTo(ServiceView.State.LIVE));
	}

	@Test
	void aServerThatDiesKeepsTheListAndIsFoundAgain() {
		register("orphan", 1, "10.0.0.1", 80, "passing");
		ServiceViews views = views(DnsRecords.SRV, 0);
		await(() -> assertThat(views.view("orphan").size()).isEqualTo(1));
		consul.kill();
		await(() -> assertThat(views.status("orphan")).satisfies((status) -> {
			assertThat(status.state()).isEqualTo(ServiceView.State.STALE);
			assertThat(status.error()).startsWith("orphan.service.consul SRV: no answer (");
			assertThat(status.age()).isPositive();
		}));
		assertThat(views.view("orphan").size()).isEqualTo(1);
		consul.start();
		register("orphan", 1, "10.0.0.1", 80, "passing");
		await(() -> assertThat(views.view("orphan").state()).isEqualTo(ServiceView.State.LIVE));
	}

	@Test
	void aNameThatNeverWasIsUnknownAndSaysWhy() {
		ServiceViews views = views(DnsRecords.SRV, 0);
		assertThat(views.view("nobody").state()).isEqualTo(ServiceView.State.UNKNOWN);
		assertThat(views.status("nobody")).extracting(ServiceStatus::error)
			.isEqualTo("nobody.service.consul SRV: NXDOMAIN");
	}

	private ServiceViews views(DnsRecords records, int port) {
		DnsServers servers = new DnsServers(List.of(new InetSocketAddress("127.0.0.1", consul.dnsPort())), true,
				Duration.ofSeconds(2));
		DnsInstanceSource source = new DnsInstanceSource(servers,
				(service) -> new DnsServiceName(service + ".service.consul", records, port, true,
						Map.of("lane", "blue")),
				Duration.ofSeconds(1), Duration.ofSeconds(30), this.scheduler);
		return new ServiceViews(source, ViewSettings.defaults(), Selections.withoutRules(), AttemptCounters.NONE,
				TimeSource.system(), this.timer);
	}

	private static void register(String service, int number, String address, int port, String status) {
		String id = service + "-" + number;
		assertThat(consul.http().put("/v1/agent/service/register?replace-existing-checks=true", """
				{"ID": "%s", "Name": "%s", "Address": "%s", "Port": %d,
				"Check": {"CheckID": "check-%s", "TTL": "10m", "Status": "%s"}}
				""".formatted(id, service, address, port, id, status)).status()).isEqualTo(200);
	}

	private static void check(String service, int number, String verdict) {
		assertThat(consul.http().put("/v1/agent/check/" + verdict + "/check-" + service + "-" + number).status())
			.isEqualTo(200);
	}

	private static void await(ThrowingRunnable assertion) {
		Awaitility.await().atMost(Duration.ofSeconds(15)).untilAsserted(assertion);
	}

}
