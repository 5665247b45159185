// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.connection;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import io.governance.autoconfigure.GovernanceAutoConfiguration;
import io.governance.discovery.ScriptedSource;
import io.governance.discovery.autoconfigure.GovernanceConnectionAutoConfiguration;
import io.governance.discovery.autoconfigure.GovernanceDiscoveryAutoConfiguration;
import io.governance.discovery.autoconfigure.GovernanceLoadBalancerAutoConfiguration;
import io.governance.policy.CallRejectedException;
import io.governance.policy.Reason;
import io.governance.test.connection.ClosingServer;
import io.governance.test.connection.ClosingServer.Manner;
import jakarta.servlet.http.HttpServletRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.cloud.client.loadbalancer.LoadBalanced;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.HttpComponentsClientHttpRequestFactory;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.http.client.SimpleClientHttpRequestFactory;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.client.RestClient;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Connections of all clients to a real server.
 */
class ConnectionsIntegrationTests {

	private static final Duration SOON = Duration.ofSeconds(20);

	private final ExecutorService callers = Executors.newCachedThreadPool();

	private ConfigurableApplicationContext server;

	private Service service;

	private ApplicationContextRunner client;

	@BeforeEach
	void start() {
		this.server = new SpringApplicationBuilder(Service.class).web(WebApplicationType.SERVLET)
			.run("--server.port=0", "--server.http2.enabled=true", "--spring.main.banner-mode=off",
					"--governance.discovery.enabled=false",
					"--spring.autoconfigure.exclude=org.springframework.boot.jetty.autoconfigure.servlet.JettyServletWebServerAutoConfiguration");
		this.service = this.server.getBean(Service.class);
		int port = ((WebServerApplicationContext) this.server).getWebServer().getPort();
		ScriptedSource source = new ScriptedSource().with(ScriptedSource.local("orders", "a", port));
		this.client = new ApplicationContextRunner()
			.withConfiguration(
					AutoConfigurations.of(GovernanceAutoConfiguration.class, GovernanceDiscoveryAutoConfiguration.class,
							GovernanceConnectionAutoConfiguration.class, GovernanceLoadBalancerAutoConfiguration.class))
			.withBean(ScriptedSource.class, () -> source)
			.withUserConfiguration(Clients.class);
	}

	@AfterEach
	void stop() {
		this.service.release.countDown();
		this.callers.shutdownNow();
		this.server.close();
	}

	@ParameterizedTest
	@CsvSource({ "jdk, true, HTTP/2.0", "jdk, false, HTTP/1.1", "webClient, true, HTTP/2.0",
			"webClient, false, HTTP/1.1", "apache, true, HTTP/1.1", "simple, true, HTTP/1.1" })
	void theProtocolIsThatOfTheServicesSettingsWhereTheClientCan(String name, boolean http2, String protocol) {
		this.client.withPropertyValues("governance.discovery.connection.services.orders.http2=" + http2)
			.run((context) -> {
				// an upgrade needs a first request
				call(context, name, "/protocol");
				assertThat(call(context, name, "/protocol")).isEqualTo(protocol);
			});
	}

	@ParameterizedTest
	@ValueSource(strings = { "jdk", "apache", "simple", "webClient" })
	void aFullPoolIsARejectionOfThisSide(String name) {
		this.client
			.withPropertyValues("governance.discovery.connection.services.orders.pool-size=2",
					"governance.discovery.connection.services.orders.max-pending=1",
					"governance.discovery.connection.services.orders.pending-timeout=300ms")
			.run((context) -> {
				List<Future<String>> held = List.of(this.callers.submit(() -> call(context, name, "/held")),
						this.callers.submit(() -> call(context, name, "/held")));
				assertThat(this.service.entered.await(20, TimeUnit.SECONDS)).isTrue();
				Throwable error = catchThrowable(() -> call(context, name, "/protocol"));
				assertThat(error).isInstanceOfSatisfying(CallRejectedException.class,
						(ex) -> assertThat(ex.rejection().reason()).isEqualTo(Reason.POOL_EXHAUSTED));
				this.service.release.countDown();
				for (Future<String> each : held) {
					assertThat(each.get(20, TimeUnit.SECONDS)).isEqualTo("held");
				}
				assertThat(call(context, name, "/protocol")).startsWith("HTTP/");
				assertThat(context.getBean(ConnectionLimits.class).used()).isZero();
			});
	}

	@ParameterizedTest
	@ValueSource(strings = { "apache", "webClient" })
	void theClientIsTheFirstToGiveUpAnIdleConnection(String name) throws Exception {
		try (ClosingServer keeping = new ClosingServer(Manner.FIN_ON_REUSE)) {
			ScriptedSource source = new ScriptedSource()
				.with(ScriptedSource.local("kept", "a", keeping.uri().getPort()));
			this.client
				.withBean("kept", ScriptedSource.class, () -> source, (definition) -> definition.setPrimary(true))
				.withPropertyValues("governance.discovery.connection.idle-timeout=200ms")
				.run((context) -> {
					assertThat(call(context, name, "kept", "/")).isEqualTo("ok");
					assertThat(keeping.awaitLeft(SOON)).isTrue();
					assertThat(call(context, name, "kept", "/")).isEqualTo("ok");
					assertThat(keeping.requests()).hasSize(2);
				});
		}
	}

	@Test
	void manyCallsAtATimeNeedNoMoreThanThePool() {
		this.client
			.withPropertyValues("governance.discovery.connection.pool-size=3",
					"governance.discovery.connection.pending-timeout=20s")
			.run((context) -> {
				List<Future<String>> calls = IntStream.range(0, 60)
					.mapToObj((i) -> this.callers.submit(() -> call(context, "apache", "/protocol")))
					.toList();
				for (Future<String> each : calls) {
					assertThat(each.get(20, TimeUnit.SECONDS)).isEqualTo("HTTP/1.1");
				}
			});
	}

	private static String call(ApplicationContext context, String name, String path) {
		return call(context, name, "orders", path);
	}

	private static String call(ApplicationContext context, String name, String service, String path) {
		String uri = "http://" + service + path;
		if (name.equals("webClient")) {
			return String.valueOf(context.getBean(WebClient.Builder.class)
				.build()
				.get()
				.uri(uri)
				.retrieve()
				.bodyToMono(String.class)
				.block(SOON));
		}
		return String.valueOf(
				context.getBean(name, RestClient.Builder.class).build().get().uri(uri).retrieve().body(String.class));
	}

	@Configuration(proxyBeanMethods = false)
	static class Clients {

		@Bean
		@LoadBalanced
		RestClient.Builder jdk() {
			return RestClient.builder().requestFactory(new JdkClientHttpRequestFactory());
		}

		@Bean
		@LoadBalanced
		RestClient.Builder apache() {
			return RestClient.builder().requestFactory(new HttpComponentsClientHttpRequestFactory());
		}

		@Bean
		@LoadBalanced
		RestClient.Builder simple() {
			return RestClient.builder().requestFactory(new SimpleClientHttpRequestFactory());
		}

		@Bean
		@LoadBalanced
		WebClient.Builder webClient() {
			return WebClient.builder();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@RestController
	static class Service {

		private final CountDownLatch entered = new CountDownLatch(2);

		private final CountDownLatch release = new CountDownLatch(1);

		@GetMapping("/protocol")
		String protocol(HttpServletRequest request) {
			return request.getProtocol();
		}

		@GetMapping("/held")
		String held() throws InterruptedException {
			this.entered.countDown();
			this.release.await(30, TimeUnit.SECONDS);
			return "held";
		}

	}

}
