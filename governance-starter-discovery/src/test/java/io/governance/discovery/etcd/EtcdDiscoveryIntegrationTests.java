// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.etcd;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.Client;
import io.etcd.jetcd.KeyValue;
import io.etcd.jetcd.Watch;
import io.etcd.jetcd.common.exception.CompactedException;
import io.etcd.jetcd.options.GetOption;
import io.etcd.jetcd.options.PutOption;
import io.governance.discovery.Instance;
import io.governance.discovery.ServiceStatus;
import io.governance.discovery.ServiceView;
import io.governance.discovery.ServiceViews;
import io.governance.discovery.lifecycle.InstanceLifecycle;
import io.governance.discovery.lifecycle.InstanceState;
import io.governance.discovery.registration.RegistrationFailedException;
import io.governance.discovery.registration.RegistrationState;
import io.governance.discovery.registration.SelfRegistration;
import io.governance.embeddedconsul.EmbeddedConsul;
import io.governance.test.Requirement;
import io.governance.test.registry.RealEtcd;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.cloud.client.discovery.DiscoveryClient;
import org.springframework.cloud.client.loadbalancer.LoadBalanced;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.client.RestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What the discovery starter does with a real etcd.
 */
@ExtendWith(OutputCaptureExtension.class)
class EtcdDiscoveryIntegrationTests {

	@RegisterExtension
	static final Requirement requirement = RealEtcd.requirement();

	private static final String PREFIX = "/governance/services/inventory/";

	private final List<ConfigurableApplicationContext> applications = new ArrayList<>();

	private RealEtcd etcd;

	private Client client;

	@BeforeEach
	void start() {
		this.etcd = RealEtcd.start();
		this.client = Client.builder().endpoints(this.etcd.endpoint()).build();
	}

	@AfterEach
	void stop() {
		this.applications.forEach(ConfigurableApplicationContext::close);
		this.client.close();
		this.etcd.close();
	}

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
	void anInstanceThatSomeoneRemovesComesBackByItself() throws Exception {
		ConfigurableApplicationContext provider = inventory("1");
		await(() -> assertThat(registration(provider).registrations()).isEqualTo(1));
		String id = entries().get(0).getKey().toString(StandardCharsets.UTF_8);
		this.client.getKVClient().delete(bytes(id)).get();
		await(() -> assertThat(registration(provider).registrations()).isEqualTo(2));
		assertThat(entries()).hasSize(1);
		this.client.getLeaseClient().revoke(entries().get(0).getLease()).get();
		await(() -> assertThat(registration(provider).registrations()).isEqualTo(3));
		assertThat(entries()).hasSize(1);
	}

	@Test
	void anInstanceOutOfServiceIsNotThereUntilItIsBackWhateverHappensToEtcd() throws Exception {
		ConfigurableApplicationContext provider = inventory("1");
		await(() -> assertThat(entries()).hasSize(1));
		InstanceLifecycle lifecycle = provider.getBean(InstanceLifecycle.class);
		lifecycle.takeOut("a look at it");
		await(() -> assertThat(lifecycle.status().state()).isEqualTo(InstanceState.OUT_OF_SERVICE));
		assertThat(entries()).isEmpty();
		assertThat(registration(provider).status().state()).isEqualTo(RegistrationState.NOT_WANTED);
		this.etcd.kill();
		this.etcd.restartEmpty();
		lifecycle.putBack();
		await(() -> assertThat(entries()).hasSize(1));
		await(() -> assertThat(registration(provider).status().state()).isEqualTo(RegistrationState.REGISTERED));
	}

	@Test
	void failFastEndsTheStartAndSaysWhatToDo(CapturedOutput output) {
		this.etcd.kill();
		assertThatExceptionOfType(RegistrationFailedException.class)
			.isThrownBy(() -> run(WebApplicationType.SERVLET, Inventory.class, "server.port=0",
					"governance.discovery.registration.fail-fast=true"))
			.withMessageContainingAll("AWAY", "no answer");
		assertThat(output.getAll()).contains("Start etcd at 127.0.0.1", "governance.discovery.etcd.endpoints");
	}

	@Test
	void aProcessRegistersInConsulToo() throws Exception {
		try (EmbeddedConsul consul = EmbeddedConsul.startOnFreePort()) {
			ConfigurableApplicationContext provider = run(WebApplicationType.SERVLET, Inventory.class,
					"spring.application.name=inventory", "server.port=0", "server.address=127.0.0.1",
					"governance.discovery.version=1", "governance.discovery.consul.host=127.0.0.1",
					"governance.discovery.consul.port=" + consul.port(),
					"governance.discovery.lifecycle.leave-delay=0s");
			await(() -> assertThat(views(provider).view("inventory").size()).isEqualTo(1));
			await(() -> assertThat(entries()).hasSize(1));
			provider.getBean(InstanceLifecycle.class).takeOut("a look at it");
			await(() -> assertThat(views(provider).view("inventory").size()).isZero());
			await(() -> assertThat(entries()).isEmpty());
			provider.getBean(InstanceLifecycle.class).putBack();
			await(() -> assertThat(views(provider).view("inventory").size()).isEqualTo(1));
			await(() -> assertThat(entries()).hasSize(1));
			provider.close();
			assertThat(entries()).isEmpty();
		}
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

	@Test
	void aWatchOfHistoryThatIsGoneBeginsWithANewList() throws Exception {
		for (int port = 1; port <= 3; port++) {
			put("a", "{\"host\": \"127.0.0.1\", \"port\": " + port + "}", 0);
		}
		this.client.getKVClient().compact(entries().get(0).getModRevision()).get();
		EtcdConnection connection = new EtcdConnection(new EtcdSettings(List.of(URI.create(this.etcd.endpoint())), null,
				null, "/governance/services/", Duration.ofSeconds(3), null));
		CompletableFuture<Throwable> ended = new CompletableFuture<>();
		try (connection) {
			connection.watch(bytes(PREFIX), 1, Watch.listener((response) -> {
			}, ended::complete));
			assertThat(ended.get(10, TimeUnit.SECONDS)).isInstanceOf(CompactedException.class);
		}
	}

	@Test
	void aWrongPasswordIsSaidAndHealsWithoutARestart(CapturedOutput output) throws Exception {
		var auth = this.client.getAuthClient();
		auth.roleAdd(bytes("root")).get();
		auth.userAdd(bytes("root"), bytes("secret")).get();
		auth.userGrantRole(bytes("root"), bytes("root")).get();
		auth.userAdd(bytes("orders"), bytes("other")).get();
		auth.userGrantRole(bytes("orders"), bytes("root")).get();
		auth.authEnable().get();
		ConfigurableApplicationContext provider = run(WebApplicationType.SERVLET, Inventory.class,
				"spring.application.name=inventory", "server.port=0", "server.address=127.0.0.1",
				"governance.discovery.version=1", "governance.discovery.etcd.ttl=3s",
				"governance.discovery.lifecycle.leave-delay=0s", "governance.discovery.etcd.user=orders",
				"governance.discovery.etcd.password=right");
		await(() -> assertThat(registration(provider).status().state()).isEqualTo(RegistrationState.REFUSED));
		assertThat(output.getAll()).containsOnlyOnce("registration=refused").contains("authentication failed");
		try (Client root = Client.builder()
			.endpoints(this.etcd.endpoint())
			.user(bytes("root"))
			.password(bytes("secret"))
			.build()) {
			root.getAuthClient().userChangePassword(bytes("orders"), bytes("right")).get();
		}
		await(() -> assertThat(registration(provider).status().state()).isEqualTo(RegistrationState.REGISTERED));
	}

	private List<KeyValue> entries() throws Exception {
		return this.client.getKVClient().get(bytes(PREFIX), GetOption.builder().isPrefix(true).build()).get().getKvs();
	}

	private void put(String id, String value, long lease) throws Exception {
		this.client.getKVClient()
			.put(bytes(PREFIX + id), bytes(value), PutOption.builder().withLeaseId(lease).build())
			.get();
	}

	private ConfigurableApplicationContext inventory(String version) {
		return inventory(version, "0s");
	}

	private ConfigurableApplicationContext inventory(String version, String leaveDelay) {
		return run(WebApplicationType.SERVLET, Inventory.class, "spring.application.name=inventory", "server.port=0",
				"server.address=127.0.0.1", "governance.discovery.version=" + version, "governance.discovery.zone=a",
				"governance.discovery.etcd.ttl=3s", "governance.discovery.lifecycle.leave-delay=" + leaveDelay);
	}

	private ConfigurableApplicationContext caller() {
		return run(WebApplicationType.NONE, Caller.class, "spring.application.name=caller",
				"governance.discovery.view.recovery-time=5s");
	}

	private ConfigurableApplicationContext run(WebApplicationType type, Class<?> configuration, String... properties) {
		String[] common = { "governance.discovery.etcd.endpoints=" + this.etcd.endpoint(),
				"spring.main.banner-mode=off", "spring.jmx.enabled=false" };
		ConfigurableApplicationContext application = new SpringApplicationBuilder(configuration).web(type)
			.properties(Stream.concat(Arrays.stream(common), Arrays.stream(properties)).toArray(String[]::new))
			.run();
		this.applications.add(application);
		return application;
	}

	private static void awaitInstances(ConfigurableApplicationContext caller, int count) {
		await(() -> assertThat(views(caller).view("inventory").size()).isEqualTo(count));
	}

	private static void await(ThrowingRunnable assertion) {
		Awaitility.await().atMost(Duration.ofSeconds(20)).ignoreExceptions().untilAsserted(assertion);
	}

	private static ServiceViews views(ConfigurableApplicationContext caller) {
		return caller.getBean(ServiceViews.class);
	}

	private static ServiceStatus status(ConfigurableApplicationContext caller) {
		return views(caller).status().get(0);
	}

	private static SelfRegistration registration(ConfigurableApplicationContext application) {
		return application.getBean(SelfRegistration.class);
	}

	private static ByteSequence bytes(String text) {
		return ByteSequence.from(text, StandardCharsets.UTF_8);
	}

	private static List<String> versions(RestClient rest, int calls) {
		List<String> versions = new ArrayList<>();
		for (int i = 0; i < calls; i++) {
			versions.add(rest.get().uri("http://inventory/version").retrieve().body(String.class));
		}
		return versions;
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@RestController
	static class Inventory {

		private final String version;

		Inventory(Environment environment) {
			this.version = environment.getProperty("governance.discovery.version");
		}

		@GetMapping("/version")
		String version() {
			return this.version;
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Caller {

		@Bean
		@LoadBalanced
		RestClient.Builder loadBalanced() {
			return RestClient.builder();
		}

	}

}
