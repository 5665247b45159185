// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.etcd;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.Client;
import io.etcd.jetcd.KeyValue;
import io.etcd.jetcd.options.GetOption;
import io.etcd.jetcd.options.PutOption;
import io.governance.discovery.ServiceStatus;
import io.governance.discovery.ServiceViews;
import io.governance.discovery.registration.SelfRegistration;
import io.governance.test.Requirement;
import io.governance.test.registry.RealEtcd;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.cloud.client.loadbalancer.LoadBalanced;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.client.RestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A real etcd for each test, and applications that register in it and follow it.
 */
abstract class AbstractEtcdIntegrationTests {

	@RegisterExtension
	static final Requirement requirement = RealEtcd.requirement();

	static final String PREFIX = "/governance/services/inventory/";

	private final List<ConfigurableApplicationContext> applications = new ArrayList<>();

	RealEtcd etcd;

	Client client;

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

	List<KeyValue> entries() throws Exception {
		return this.client.getKVClient().get(bytes(PREFIX), GetOption.builder().isPrefix(true).build()).get().getKvs();
	}

	void put(String id, String value, long lease) throws Exception {
		this.client.getKVClient()
			.put(bytes(PREFIX + id), bytes(value), PutOption.builder().withLeaseId(lease).build())
			.get();
	}

	ConfigurableApplicationContext inventory(String version) {
		return inventory(version, "0s");
	}

	ConfigurableApplicationContext inventory(String version, String leaveDelay) {
		return run(WebApplicationType.SERVLET, Inventory.class, "spring.application.name=inventory", "server.port=0",
				"server.address=127.0.0.1", "governance.discovery.version=" + version, "governance.discovery.zone=a",
				"governance.discovery.etcd.ttl=3s", "governance.discovery.lifecycle.leave-delay=" + leaveDelay);
	}

	ConfigurableApplicationContext caller(String... properties) {
		return run(WebApplicationType.NONE, Caller.class,
				Stream
					.concat(Stream.of("spring.application.name=caller", "governance.discovery.view.recovery-time=5s",
							"governance.rules.load-balancing.turns.algorithm=round-robin"), Arrays.stream(properties))
					.toArray(String[]::new));
	}

	ConfigurableApplicationContext run(WebApplicationType type, Class<?> configuration, String... properties) {
		String[] common = { "governance.discovery.etcd.endpoints=" + this.etcd.endpoint(),
				"spring.main.banner-mode=off", "spring.jmx.enabled=false",
				"governance.discovery.lifecycle.late-window=0s" };
		ConfigurableApplicationContext application = new SpringApplicationBuilder(configuration).web(type)
			.properties(Stream.concat(Arrays.stream(common), Arrays.stream(properties)).toArray(String[]::new))
			.run();
		this.applications.add(application);
		return application;
	}

	static void awaitInstances(ConfigurableApplicationContext caller, int count) {
		await(() -> assertThat(views(caller).view("inventory").size()).isEqualTo(count));
	}

	static void await(ThrowingRunnable assertion) {
		Awaitility.await().atMost(Duration.ofSeconds(20)).ignoreExceptions().untilAsserted(assertion);
	}

	static ServiceViews views(ConfigurableApplicationContext caller) {
		return caller.getBean(ServiceViews.class);
	}

	static ServiceStatus status(ConfigurableApplicationContext caller) {
		return views(caller).status().get(0);
	}

	static SelfRegistration registration(ConfigurableApplicationContext application) {
		return application.getBean(SelfRegistration.class);
	}

	static ByteSequence bytes(String text) {
		return ByteSequence.from(text, StandardCharsets.UTF_8);
	}

	static List<String> versions(RestClient rest, int calls) {
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
