// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import io.governance.discovery.registration.SelfRegistration;
import org.awaitility.Awaitility;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.cloud.client.loadbalancer.LoadBalanced;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.http.client.ReactorResourceFactory;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.client.RestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Running applications that offer and call the service {@code inventory}. They stop with
 * {@link #close()}.
 */
final class DiscoveryApplications implements AutoCloseable {

	private final List<ConfigurableApplicationContext> running = new ArrayList<>();

	ConfigurableApplicationContext inventory(int consul, String version, String... properties) {
		return run(WebApplicationType.SERVLET, Inventory.class, consul,
				Stream.concat(Stream.of("spring.application.name=inventory", "server.port=0",
						"server.address=127.0.0.1", "governance.discovery.version=" + version,
						"governance.discovery.consul.ttl=3s", "governance.discovery.lifecycle.leave-delay=0s",
						"governance.discovery.lifecycle.late-window=0s"), Arrays.stream(properties)));
	}

	ConfigurableApplicationContext caller(int consul, String... properties) {
		return run(WebApplicationType.NONE, Caller.class, consul,
				Stream.concat(Stream.of("spring.application.name=caller", "governance.discovery.view.recovery-time=3s"),
						Arrays.stream(properties)));
	}

	static void awaitVersions(ConfigurableApplicationContext caller, String... versions) {
		ServiceViews views = caller.getBean(ServiceViews.class);
		Awaitility.await()
			.atMost(Duration.ofSeconds(20))
			.untilAsserted(() -> assertThat(views.view("inventory").instances())
				.extracting((instance) -> instance.metadata().get("version"))
				.containsExactlyInAnyOrder(versions));
	}

	static RestClient client(ConfigurableApplicationContext caller) {
		return caller.getBean(RestClient.Builder.class).build();
	}

	static SelfRegistration registration(ConfigurableApplicationContext application) {
		return application.getBean(SelfRegistration.class);
	}

	@Override
	public void close() {
		this.running.forEach(ConfigurableApplicationContext::close);
	}

	private ConfigurableApplicationContext run(WebApplicationType type, Class<?> configuration, int consul,
			Stream<String> properties) {
		Stream<String> common = Stream.of("governance.discovery.consul.host=127.0.0.1",
				"governance.discovery.consul.port=" + consul, "spring.main.banner-mode=off",
				"spring.jmx.enabled=false");
		ConfigurableApplicationContext application = new SpringApplicationBuilder(configuration).web(type)
			.properties(Stream.concat(common, properties).toArray(String[]::new))
			.run();
		this.running.add(application);
		return application;
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@RestController
	static class Inventory {

		private final String version;

		Inventory(Environment environment) {
			this.version = environment.getProperty("governance.discovery.version");
		}

		/** Closes without its quiet period of two seconds. */
		@Bean
		ReactorResourceFactory reactorResourceFactory() {
			ReactorResourceFactory factory = new ReactorResourceFactory();
			factory.setUseGlobalResources(false);
			factory.setShutdownQuietPeriod(Duration.ZERO);
			return factory;
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
