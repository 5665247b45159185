// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.etcd;

import java.time.Duration;

import io.governance.discovery.Instance;
import io.governance.discovery.ServiceView;
import io.governance.discovery.lifecycle.InstanceLifecycle;
import io.governance.discovery.registration.RegistrationState;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.cloud.client.discovery.DiscoveryClient;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.web.client.RestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the discovery starter does with a real etcd.
 */
@ExtendWith(OutputCaptureExtension.class)
class EtcdDiscoveryIntegrationTests extends AbstractEtcdIntegrationTests {

	@Test
	void callsGoToEachInstanceWithWhatItSaysAboutItself() {
		inventory("1");
		inventory("2");
		ConfigurableApplicationContext caller = caller();
		RestClient rest = caller.getBean(RestClient.Builder.class).build();
		await(() -> assertThat(versions(rest, 4)).containsExactlyInAnyOrder("1", "2", "1", "2"));
		assertThat(views(caller).view("inventory").instances()).allSatisfy((instance) -> {
			assertThat(instance.metadata()).containsKeys("version", "start-time").containsEntry("zone", "a");
			assertThat(instance.id()).isEqualTo("inventory-127.0.0.1-" + instance.port());
		});
	}

	@Test
	void metadataAndNamesAreSeenThroughSpringCloudsInterface() {
		inventory("1");
		DiscoveryClient discovery = caller().getBean(DiscoveryClient.class);
		await(() -> assertThat(discovery.getServices()).containsExactly("inventory"));
		await(() -> assertThat(discovery.getInstances("inventory")).singleElement()
			.satisfies((instance) -> assertThat(instance.getMetadata()).containsEntry("version", "1")));
	}

	@Test
	void anInstanceThatStopsLeavesTheListBeforeItsServerCloses() {
		ConfigurableApplicationContext first = inventory("1", "3s");
		inventory("2");
		ConfigurableApplicationContext caller = caller();
		awaitInstances(caller, 2);
		Thread stopping = new Thread(first::close);
		stopping.start();
		awaitInstances(caller, 1);
		assertThat(stopping.isAlive()).as("still serving during leave-delay").isTrue();
		assertThat(versions(caller.getBean(RestClient.Builder.class).build(), 3)).containsOnly("2");
		Awaitility.await().until(() -> !stopping.isAlive());
	}

	@Test
	void theLastInstanceThatLeavesInOrderIsGoneAtOnceAndOneThatIsLostIsKept() throws Exception {
		ConfigurableApplicationContext first = inventory("1");
		ConfigurableApplicationContext caller = caller("governance.discovery.view.recovery-time=5m");
		awaitInstances(caller, 1);
		first.getBean(InstanceLifecycle.class).takeOut("a look at it");
		awaitInstances(caller, 0);
		first.getBean(InstanceLifecycle.class).putBack();
		awaitInstances(caller, 1);
		first.close();
		awaitInstances(caller, 0);
		put("dead", "{\"host\": \"127.0.0.1\", \"port\": 1}", 0);
		awaitInstances(caller, 1);
		this.client.getKVClient().delete(bytes(PREFIX + "dead")).get();
		await(() -> assertThat(status(caller).state()).isEqualTo(ServiceView.State.RECOVERING));
		assertThat(views(caller).view("inventory").size()).isEqualTo(1);
	}

	@Test
	void anEtcdThatDiesAndComesBackChangesNothingForCalls(CapturedOutput output) {
		ConfigurableApplicationContext provider = inventory("1");
		ConfigurableApplicationContext caller = caller();
		RestClient rest = caller.getBean(RestClient.Builder.class).build();
		awaitInstances(caller, 1);
		this.etcd.kill();
		await(() -> {
			assertThat(versions(rest, 1)).containsExactly("1");
			assertThat(status(caller).state()).isEqualTo(ServiceView.State.STALE);
			assertThat(status(caller).age()).isPositive();
			assertThat(status(caller).error()).contains("no answer");
			assertThat(registration(provider).status().state()).isEqualTo(RegistrationState.AWAY);
		});
		this.etcd.restart();
		await(() -> {
			assertThat(versions(rest, 1)).containsExactly("1");
			assertThat(status(caller).state()).isEqualTo(ServiceView.State.LIVE);
			assertThat(registration(provider).status().state()).isEqualTo(RegistrationState.REGISTERED);
		});
		inventory("2");
		awaitInstances(caller, 2);
		assertThat(output.getAll()).contains("etcd=unreachable", "etcd=reachable").doesNotContain("\tat ");
	}

	@Test
	void anEtcdThatComesBackEmptyGetsEveryInstanceAgainAndCallsGoOn() {
		ConfigurableApplicationContext provider = inventory("1");
		ConfigurableApplicationContext caller = caller();
		RestClient rest = caller.getBean(RestClient.Builder.class).build();
		awaitInstances(caller, 1);
		this.etcd.kill();
		this.etcd.restartEmpty();
		await(() -> {
			assertThat(versions(rest, 1)).containsExactly("1");
			assertThat(registration(provider).registrations()).isEqualTo(2);
			assertThat(status(caller).state()).isEqualTo(ServiceView.State.LIVE);
		});
	}

	@Test
	void anEtcdThatHangsIsNoticedAndTheListStays() {
		inventory("1");
		ConfigurableApplicationContext caller = caller();
		awaitInstances(caller, 1);
		this.etcd.hang();
		try {
			Awaitility.await()
				.atMost(Duration.ofSeconds(25))
				.untilAsserted(() -> assertThat(status(caller).state()).isEqualTo(ServiceView.State.STALE));
			assertThat(views(caller).view("inventory").size()).isEqualTo(1);
		}
		finally {
			this.etcd.goOn();
		}
		await(() -> assertThat(status(caller).state()).isEqualTo(ServiceView.State.LIVE));
	}

	@Test
	void anEtcdThatComesLateIsFoundByBothSides() {
		this.etcd.kill();
		inventory("1");
		ConfigurableApplicationContext caller = caller();
		assertThat(views(caller).view("inventory").state()).isEqualTo(ServiceView.State.UNKNOWN);
		this.etcd.restart();
		awaitInstances(caller, 1);
	}

	@Test
	void anInstanceWithoutHeartbeatLeavesTheListAfterItsTimeToLive() throws Exception {
		inventory("1");
		ConfigurableApplicationContext caller = caller();
		long lease = this.client.getLeaseClient().grant(2).get().getID();
		put("dead", "{\"host\": \"127.0.0.1\", \"port\": 1}", lease);
		awaitInstances(caller, 2);
		awaitInstances(caller, 1);
	}

	@Test
	void onlyInstancesOfTheSameEnvironmentAreSeen() throws Exception {
		put("here", "{\"host\": \"127.0.0.1\", \"port\": 1, \"metadata\": {\"environment\": \"staging\"}}", 0);
		put("there", "{\"host\": \"127.0.0.1\", \"port\": 2, \"metadata\": {\"environment\": \"production\"}}", 0);
		put("nowhere", "{\"host\": \"127.0.0.1\", \"port\": 3}", 0);
		awaitInstances(caller(), 3);
		ConfigurableApplicationContext staging = caller("governance.discovery.environment=staging");
		awaitInstances(staging, 1);
		assertThat(views(staging).view("inventory").instances()).extracting(Instance::id).containsExactly("here");
	}

	@Test
	void whatIsNoInstanceIsLeftOutAndNamedOnce(CapturedOutput output) throws Exception {
		ConfigurableApplicationContext caller = caller();
		put("good", "{\"host\": \"127.0.0.1\", \"port\": 1}", 0);
		put("bad", "{}", 0);
		awaitInstances(caller, 1);
		put("good", "{\"host\": \"127.0.0.1\", \"port\": 2}", 0);
		await(() -> assertThat(views(caller).view("inventory").instances()).extracting(Instance::port)
			.containsExactly(2));
		assertThat(output.getAll()).containsOnlyOnce("key=" + PREFIX + "bad");
	}

	@Test
	void compactedHistoryIsNoLoss() throws Exception {
		ConfigurableApplicationContext caller = caller();
		for (int port = 1; port <= 50; port++) {
			put("a", "{\"host\": \"127.0.0.1\", \"port\": " + port + "}", 0);
		}
		awaitInstances(caller, 1);
		this.client.getKVClient().compact(entries().get(0).getModRevision()).get();
		put("b", "{\"host\": \"127.0.0.1\", \"port\": 51}", 0);
		awaitInstances(caller, 2);
	}

}
