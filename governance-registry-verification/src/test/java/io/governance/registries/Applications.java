// SPDX-License-Identifier: Apache-2.0

package io.governance.registries;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import io.governance.discovery.ServiceStatus;
import io.governance.discovery.ServiceView;
import io.governance.discovery.ServiceViews;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.cloud.client.loadbalancer.LoadBalanced;
import org.springframework.cloud.client.serviceregistry.Registration;
import org.springframework.cloud.client.serviceregistry.ServiceRegistry;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.core.env.Environment;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.client.RestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Applications that use one registry, closed with the test.
 */
final class Applications implements AutoCloseable {

	private static final String[] COMMON = { "spring.main.banner-mode=off", "spring.jmx.enabled=false", "server.port=0",
			"server.address=127.0.0.1", "spring.cloud.config.enabled=false",
			"governance.discovery.lifecycle.leave-delay=0s", "governance.discovery.lifecycle.late-window=0s" };

	private static final String[] NONE = { "eureka.client.enabled=false", "spring.cloud.zookeeper.enabled=false",
			"spring.main.cloud-platform=none" };

	private final List<ConfigurableApplicationContext> running = new ArrayList<>();

	private final String[] registry;

	/**
	 * @param registry the properties that choose the registry; the others are off
	 */
	Applications(String... registry) {
		this.registry = registry;
	}

	ConfigurableApplicationContext inventory(String version, String... properties) {
		return run(WebApplicationType.SERVLET, Inventory.class, (context) -> {
		}, concat(new String[] { "spring.application.name=inventory", "test.version=" + version }, properties));
	}

	ConfigurableApplicationContext caller(String... properties) {
		return caller((context) -> {
		}, properties);
	}

	ConfigurableApplicationContext caller(ApplicationContextInitializer<ConfigurableApplicationContext> initializer,
			String... properties) {
		return run(WebApplicationType.NONE, Caller.class, initializer,
				concat(new String[] { "spring.application.name=caller", "governance.discovery.view.recovery-time=2s",
						"governance.rules.load-balancing.turns.algorithm=round-robin" }, properties));
	}

	private ConfigurableApplicationContext run(WebApplicationType type, Class<?> configuration,
			ApplicationContextInitializer<ConfigurableApplicationContext> initializer, String[] properties) {
		// the later ones win, as command-line arguments do over each other
		String[] all = concat(concat(COMMON, NONE), concat(this.registry, properties));
		ConfigurableApplicationContext application = new SpringApplicationBuilder(configuration).web(type)
			.initializers(initializer)
			.properties(all)
			.run();
		this.running.add(application);
		return application;
	}

	@Override
	public void close() {
		for (int i = this.running.size() - 1; i >= 0; i--) {
			this.running.get(i).close();
		}
	}

	static ServiceView view(ConfigurableApplicationContext caller) {
		return caller.getBean(ServiceViews.class).view("inventory");
	}

	static ServiceStatus status(ConfigurableApplicationContext caller) {
		return caller.getBean(ServiceViews.class).status().get(0);
	}

	static void awaitInstances(ConfigurableApplicationContext caller, int count) {
		await(() -> assertThat(view(caller).size()).isEqualTo(count));
	}

	static void await(ThrowingRunnable assertion) {
		Awaitility.await().atMost(Duration.ofSeconds(40)).ignoreExceptions().untilAsserted(assertion);
	}

	static List<String> versions(ConfigurableApplicationContext caller, int calls) {
		RestClient rest = caller.getBean("loadBalanced", RestClient.Builder.class).build();
		List<String> versions = new ArrayList<>();
		for (int i = 0; i < calls; i++) {
			versions.add(rest.get().uri("http://inventory/version").retrieve().body(String.class));
		}
		return versions;
	}

	/** As Spring Cloud's actuator endpoint {@code serviceregistry} does. */
	@SuppressWarnings("unchecked")
	static void outOfService(ConfigurableApplicationContext application) {
		application.getBean(ServiceRegistry.class).setStatus(application.getBean(Registration.class), "OUT_OF_SERVICE");
	}

	static int port(ConfigurableApplicationContext application) {
		return Integer.parseInt(application.getEnvironment().getRequiredProperty("local.server.port"));
	}

	private static String[] concat(String[] first, String[] then) {
		return Stream.concat(Arrays.stream(first), Arrays.stream(then)).toArray(String[]::new);
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@RestController
	static class Inventory {

		private final String version;

		Inventory(Environment environment) {
			this.version = environment.getRequiredProperty("test.version");
		}

		@GetMapping("/version")
		String version() {
			return this.version;
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Caller {

		/**
		 * For clients of registries, which else would look for the registry as a service.
		 */
		@Bean
		@Primary
		RestClient.Builder plain() {
			return RestClient.builder();
		}

		@Bean
		@LoadBalanced
		RestClient.Builder loadBalanced() {
			return RestClient.builder();
		}

	}

}
